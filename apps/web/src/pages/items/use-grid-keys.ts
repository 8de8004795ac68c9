import type { KeyboardEvent } from 'react';

interface GridKeysOptions {
  rowCount: number;
  /** The row that the keyboard is at. */
  at: number;
  rowsPerPage: () => number;
  moveTo: (row: number, isSelecting: boolean) => void;
  /** What other keys do at a row. */
  actions: (row: number) => Readonly<Record<string, () => void>>;
}

/** The keys of the WAI-ARIA grid pattern, while the grid itself has the focus. @returns its `onKeyDown` */
export function useGridKeys({ rowCount, at, rowsPerPage, moveTo, actions }: GridKeysOptions) {
  return (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || at >= rowCount)
      return;
    const to = targetRow(event.key, at, rowCount - 1, rowsPerPage());
    const action = to === undefined ? actions(at)[event.key] : () => moveTo(to, event.shiftKey);
    if (!action) return;
    event.preventDefault();
    action();
  };
}

/** The row that a key leads to; undefined: the key leads to none. */
function targetRow(key: string, at: number, last: number, rowsPerPage: number): number | undefined {
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + rowsPerPage,
    PageUp: at - rowsPerPage,
    Home: 0,
    End: last,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}
