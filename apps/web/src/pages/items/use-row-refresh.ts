import { useEffect, useRef } from 'react';
import { onLive } from '../../api/live/live-updates.ts';
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
    return onLive(['item', 'movement', 'reservation'], look);
  }, []);
}
