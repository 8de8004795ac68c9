import { useEffect, useRef } from 'react';
import { LIVE_MS } from '../../api/query-client.ts';
import { isStale, refreshRows } from './item-list.ts';
import type { ItemsSearch } from './search.ts';

/** Keeps what is in view true: levels that others change appear by themselves. */
export function useRowRefresh(search: ItemsSearch, first: number, last: number): void {
  const view = useRef({ search, first, last });
  useEffect(() => void (view.current = { search, first, last }));
  useEffect(() => {
    const look = () => {
      const { search, first, last } = view.current;
      if (!document.hidden) refreshRows(search, first, last).catch(() => undefined); // The banner says it.
    };
    if (isStale(view.current.search)) look();
    const timer = setInterval(look, LIVE_MS);
    return () => clearInterval(timer);
  }, []);
}
