import { queryOptions } from '@tanstack/react-query';
import { responseData, api } from '../../api/client.ts';
import { live } from '../../api/query-client.ts';

const VALUATION_POLL_MS = 30_000;

export const summaryQuery = queryOptions({
  queryKey: ['reports', 'summary'],
  queryFn: ({ signal }) => responseData(api.GET('/api/v1/reports/summary', { signal })),
  ...live,
});

/** @param limit how many, those that are short by most first */
export const lowStockQuery = (limit: number) =>
  queryOptions({
    queryKey: ['reports', 'low-stock', limit],
    queryFn: ({ signal }) =>
      responseData(api.GET('/api/v1/reports/low-stock', { params: { query: { limit } }, signal })),
    placeholderData: (before) => before,
    ...live,
  });

/** Adds up every level, so it is asked for less often. */
export const valuationQuery = queryOptions({
  queryKey: ['reports', 'valuation'],
  queryFn: ({ signal }) => responseData(api.GET('/api/v1/reports/valuation', { signal })),
  refetchInterval: VALUATION_POLL_MS,
});
