import { queryOptions } from '@tanstack/react-query';
import { live } from '../api/live/live-updates.ts';
import { responseData, api, type Schema } from '../api/client.ts';

/** All locations that are in use: a small team has few. */
export const locationsQuery = queryOptions({
  queryKey: ['locations', 'all'],
  queryFn: async ({ signal }) => {
    const all: Schema['Location'][] = [];
    for (let cursor: string | undefined | null = undefined; cursor !== null;) {
      const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor && { cursor }) };
      const page: { items: Schema['Location'][]; nextCursor: string | null } = await responseData(
        api.GET('/api/v1/locations', { params: { query }, signal }),
      );
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    return all;
  },
  meta: live('location').meta,
  staleTime: 30_000,
});
