import { queryOptions } from '@tanstack/react-query';
import { answerOf, api, type Schema } from '../api/client.ts';
import { live } from '../api/query-client.ts';

export type Level = Schema['StockLevel'];

/** Where an item is. */
export const levelsQuery = (itemId: string) =>
  queryOptions({
    queryKey: ['stock', itemId],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/stock', { params: { query: { itemId, limit: 200 } }, signal })),
    ...live,
  });
