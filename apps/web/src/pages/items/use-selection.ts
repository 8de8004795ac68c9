import { type Dispatch, type SetStateAction, useEffect, useRef } from 'react';
import type { Item } from '../../catalog/items.ts';

export type SelectedItems = ReadonlyMap<string, Item>;
export type SetSelected = Dispatch<SetStateAction<SelectedItems>>;

/** Selects single rows and, with shift, all from the row where it began, by mouse or keyboard. All rows are meant by number. */
export function useSelection(items: readonly Item[], onSelect: SetSelected | undefined) {
  // Rows that show the same keep their handlers, and with them this object as it was.
  const latest = useRef(items);
  useEffect(() => void (latest.current = items));
  const anchor = useRef<string>(undefined);
  const anchorOr = (row: number): number => {
    const found = latest.current.findIndex(({ id }) => id === anchor.current);
    return found === -1 ? row : found;
  };
  const between = (a: number, b: number) => latest.current.slice(Math.min(a, b), Math.max(a, b) + 1);
  const begin = (row: number): void => void (anchor.current = latest.current[row]?.id);
  return {
    begin,
    /** What the row becomes, all between become. */
    toggle: (row: number, hasShift = false): void => {
      const rows = between(hasShift ? anchorOr(row) : row, row);
      const { id } = latest.current[row]!;
      begin(row);
      onSelect?.((before) => withSelection(before, rows, !before.has(id)));
    },
    /** Moves the end of what is selected from one row to another. */
    extend: (from: number, to: number): void => {
      const start = anchorOr(from);
      begin(start);
      const [shed, taken] = [between(start, from), between(start, to)];
      onSelect?.((before) => withSelection(withSelection(before, shed, false), taken, true));
    },
  };
}

function withSelection(before: SelectedItems, items: readonly Item[], isSelected: boolean): SelectedItems {
  const next = new Map(before);
  for (const item of items)
    if (isSelected) next.set(item.id, item);
    else next.delete(item.id);
  return next;
}
