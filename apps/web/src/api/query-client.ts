import { QueryClient } from '@tanstack/react-query';
import { NetworkError } from './problem.ts';
import { reachable } from './reachability.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      gcTime: 10 * 60_000,
      // A problem is a response. Without a response, a retry may succeed.
      retry: (failures, error) => error instanceof NetworkError && failures < 1,
      retryDelay: 500,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

reachable.subscribe(() => {
  if (reachable.get()) void queryClient.invalidateQueries();
});
