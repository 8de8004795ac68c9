import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { responseData, api, type Schema } from '../api/client.ts';
import { live } from '../api/live/live-updates.ts';

export type Import = Schema['Import'];

/** How often an import that runs is asked for, in milliseconds. */
const RUNNING_MS = 500;
const PAGE = 20;

export const isUnderWay = ({ state }: Import): boolean => ['queued', 'running', 'undoing'].includes(state);

export type FailedRow = Schema['FailedRow'];

/** The most that the API takes corrections of at once. */
const MAX_FAILED_ROWS = 500;
const FAILED_PAGE = 200;

/** The first rows that were left out. */
export const failedRowsQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'failed rows', id],
    queryFn: async ({ signal }) => {
      const rows: FailedRow[] = [];
      let cursor: string | null | undefined;
      do {
        const query = { limit: FAILED_PAGE, ...(cursor && { cursor }) };
        const params = { path: { id }, query };
        const page = await responseData(api.GET('/api/v1/imports/{id}/failed-rows', { params, signal }));
        rows.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor && rows.length < MAX_FAILED_ROWS);
      return rows.slice(0, MAX_FAILED_ROWS);
    },
  });

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => responseData(api.GET('/api/v1/imports/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => (!data || isUnderWay(data) ? RUNNING_MS : false),
  });

/** Those that booked something, the newest first. */
export const importListQuery = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ signal, pageParam }) =>
    responseData(
      api.GET('/api/v1/imports', {
        params: { query: { dryRun: false, limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  ...live('import'),
});

/** The import that booked a movement, or null. */
export const importOfMovementQuery = (movementId: string) =>
  queryOptions({
    queryKey: ['imports', 'of movement', movementId],
    queryFn: async ({ signal }) => {
      const { items } = await responseData(
        api.GET('/api/v1/imports', { params: { query: { movementId, limit: 1 } }, signal }),
      );
      return items[0] ?? null;
    },
    staleTime: Infinity,
  });

const UNDER_WAY_SHOWN = 5;

/** Those that run before those that wait. */
export const importsUnderWayQuery = queryOptions({
  queryKey: ['imports', 'under way'],
  queryFn: async ({ signal }) => {
    const lists = await Promise.all(
      (['running', 'queued'] as const).map((state) =>
        responseData(
          api.GET('/api/v1/imports', { params: { query: { state, dryRun: false, limit: UNDER_WAY_SHOWN } }, signal }),
        ),
      ),
    );
    return lists.flatMap(({ items }) => items).slice(0, UNDER_WAY_SHOWN);
  },
  ...live('import'),
});
