import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, responseData } from '../api/client.ts';

/** The deployment has one currency, which never changes. */
const currencyQuery = queryOptions({
  queryKey: ['currency'],
  queryFn: async ({ signal }) => (await responseData(api.GET('/api/v1/reports/summary', { signal }))).currency,
  staleTime: Infinity,
});

/** ISO 4217; undefined until it is known. */
export const useCurrency = (): string | undefined => useQuery(currencyQuery).data;
