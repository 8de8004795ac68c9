import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { responseData, api, type Schema } from '../api/client.ts';
import { LIVE_MS } from '../api/query-client.ts';

export type Import = Schema['Import'];

/** How often an import that runs is asked for, in milliseconds. */
const RUNNING_MS = 500;
const PAGE = 20;

export const isUnderWay = ({ state }: Import): boolean => ['queued', 'running', 'undoing'].includes(state);

export type FailedRow = Schema['FailedRow'];

/** How many rows can be corrected at once. */
export const MAX_SHOWN_ROWS = 100;

export const failedRowsQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'failed rows', id],
    queryFn: ({ signal }) =>
      responseData(
        api.GET('/api/v1/imports/{id}/failed-rows', {
          params: { path: { id }, query: { limit: MAX_SHOWN_ROWS } },
          signal,
        }),
      ),
  });

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => responseData(api.GET('/api/v1/imports/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => (!data || isUnderWay(data) ? RUNNING_MS : false),
  });

/** The newest first. */
export const importListQuery = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ signal, pageParam }) =>
    responseData(
      api.GET('/api/v1/imports', {
        params: { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  refetchInterval: LIVE_MS,
});

const UNDER_WAY_SHOWN = 5;

/** Those that run before those that wait. */
export const importsUnderWayQuery = queryOptions({
  queryKey: ['imports', 'under way'],
  queryFn: async ({ signal }) => {
    const lists = await Promise.all(
      (['running', 'queued'] as const).map((state) =>
        responseData(api.GET('/api/v1/imports', { params: { query: { state, limit: UNDER_WAY_SHOWN } }, signal })),
      ),
    );
    return lists.flatMap(({ items }) => items).slice(0, UNDER_WAY_SHOWN);
  },
  refetchInterval: LIVE_MS,
});
