import { type RefObject, useEffect, useRef, useState } from 'react';

interface Position {
  /** The row that the keyboard is at. */
  at: number;
  /** How far the list is scrolled, in CSS pixels. */
  offset: number;
}

const TOP: Position = { at: 0, offset: 0 };
/** Where each list was left, by what it was asked for. */
const positions = new Map<string, Position>();

/**
 * The row that the keyboard is at. Back from another page, the list is where it was left; another list begins at its top.
 * @param list what the list was asked for
 */
export function useListPosition(list: string, scroller: RefObject<HTMLElement | null>) {
  const [before] = useState(() => positions.get(list) ?? TOP);
  const [at, setAt] = useState(before.at);
  const left = useRef({ list, at });
  useEffect(() => {
    if (left.current.list !== list) {
      setAt(0);
      scroller.current?.scrollTo({ top: 0 });
    }
    left.current = { list, at };
  }, [list, at, scroller]);
  const offset = useRef(before.offset);
  useEffect(() => {
    const element = scroller.current;
    const onScroll = () => (offset.current = element?.scrollTop ?? 0);
    element?.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      element?.removeEventListener('scroll', onScroll);
      positions.set(left.current.list, { at: left.current.at, offset: offset.current });
    };
  }, [scroller]);
  return { at, setAt, initialOffset: before.offset };
}
