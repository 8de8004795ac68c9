import { queryOptions } from '@tanstack/react-query';
import { responseData, api } from '../../api/client.ts';
import { live } from '../../api/live/live-updates.ts';

const VALUATION_POLL_MS = 30_000;

export const summaryQuery = queryOptions({
  queryKey: ['reports', 'summary'],
  queryFn: ({ signal }) => responseData(api.GET('/api/v1/reports/summary', { signal })),
  ...live('item', 'location', 'movement', 'reservation'),
});

/** @param limit how many, those that are short by most first */
export const lowStockQuery = (limit: number) =>
  queryOptions({
    queryKey: ['reports', 'low-stock', limit],
    queryFn: ({ signal }) =>
      responseData(api.GET('/api/v1/reports/low-stock', { params: { query: { limit } }, signal })),
    placeholderData: (before) => before,
    ...live('item', 'movement', 'reservation'),
  });

/** Adds up every level, so it is asked for less often. */
export const valuationQuery = queryOptions({
  queryKey: ['reports', 'valuation'],
  queryFn: ({ signal }) => responseData(api.GET('/api/v1/reports/valuation', { signal })),
  refetchInterval: VALUATION_POLL_MS,
});

const LATEST = 8;

export const latestMovementsQuery = queryOptions({
  queryKey: ['movements', 'latest'],
  queryFn: ({ signal }) => responseData(api.GET('/api/v1/movements', { params: { query: { limit: LATEST } }, signal })),
  ...live('movement'),
});

/** Those among the last 200 reservations that are held and end before this day does, here. */
export const endingQuery = queryOptions({
  queryKey: ['reservations', 'ending today'],
  queryFn: async ({ signal }) => {
    const query = { state: 'held' as const, limit: 200 };
    const { items } = await responseData(api.GET('/api/v1/reservations', { params: { query }, signal }));
    const endOfDay = new Date().setHours(24, 0, 0, 0);
    return items.filter(({ expiresAt }) => Date.parse(expiresAt) < endOfDay);
  },
  ...live('reservation'),
});

const FAILED_SHOWN = 3;
/** How long a failed import needs attention, in milliseconds. */
const FAILED_MS = 7 * 24 * 60 * 60 * 1_000;

/** Among the last imports those that left rows out, or failed as a whole. */
export const failedImportsQuery = queryOptions({
  queryKey: ['imports', 'failed'],
  queryFn: async ({ signal }) => {
    const query = { dryRun: false, limit: 20 };
    const { items } = await responseData(api.GET('/api/v1/imports', { params: { query }, signal }));
    return items
      .filter(({ state, failed, createdAt }) => {
        const isRecent = Date.parse(createdAt) > Date.now() - FAILED_MS;
        return isRecent && (state === 'failed' || (state === 'done' && failed > 0));
      })
      .slice(0, FAILED_SHOWN);
  },
  ...live('import'),
});
