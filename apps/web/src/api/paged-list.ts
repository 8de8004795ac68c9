import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { Resource } from './live/feed-connection.ts';
import { live } from './live/live-updates.ts';
import { queryClient } from './query-client.ts';

interface PageResponse<T> {
  items: T[];
  nextCursor: string | null;
}

interface PagedListOptions<T> {
  queryKey: QueryKey;
  changedBy: readonly Resource[];
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<PageResponse<T>>;
}

/** A list, page after page. As long as one page is all that was asked for, what others change appears by itself. */
export function usePagedList<T>({ queryKey, changedBy, fetchPage }: PagedListOptions<T>) {
  const { meta, refetchInterval } = live(...changedBy);
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    meta: { ...meta, onlyFirstPage: true },
    refetchInterval,
  });
  const mayGoOn = list.hasNextPage && !list.isFetchingNextPage && !list.isPlaceholderData && !list.isFetchNextPageError;
  return {
    rows: list.data?.pages.flatMap(({ items }) => items),
    isLive: (list.data?.pages.length ?? 0) <= 1,
    /** Undefined while there is nothing to ask for. */
    more: mayGoOn ? () => void list.fetchNextPage() : undefined,
    error: list.error,
    retry: () => void (list.data ? list.fetchNextPage() : list.refetch()),
    /** From the top again. */
    restart: () => void queryClient.resetQueries({ queryKey, exact: true }),
  };
}
