import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadError, Loading } from './state.tsx';

interface LoadedListProps<Row> {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>>;
  /** What the button for the next page says. */
  more: string;
  children: (rows: Row[]) => ReactNode;
}

/** What a list query has loaded so far, with a button for its next page. */
export function LoadedList<Row>({ query, more, children }: LoadedListProps<Row>) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  if (!data) return error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />;
  return (
    <>
      {children(data.pages.flatMap(({ items }) => items))}
      {hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {more}
        </Button>
      )}
    </>
  );
}
