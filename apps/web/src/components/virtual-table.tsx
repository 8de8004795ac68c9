import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useShortcutHelp } from '../shell/shortcuts.ts';
import { shell } from '../texts/shell.ts';
import classes from './virtual-table.module.css';

const ROW_PX = 40;
/** So many rows before the end, the next page is asked for. */
const PREFETCH_ROWS = 60;

export interface Column<Row> {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
  className?: string | undefined;
}

interface VirtualTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Asks for the next page, where there is one. */
  loadMore: (() => void) | undefined;
  /** Says `--columns`, a CSS grid template. */
  className?: string | undefined;
}

/** A table of any length: only the rows in view are in the document. Arrow keys go from one row's link to the next. */
export function VirtualTable<Row>({ label, columns, rows, keyOf, loadMore, className }: VirtualTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  useShortcutHelp(shell.tableKeys);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 16,
  });
  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last > rows.length - PREFETCH_ROWS) loadMore?.();
  }, [last, rows.length, loadMore]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = indexOf(event.target);
    const to = at === undefined ? undefined : targetOf(event.key, at, rows.length - 1);
    if (to === undefined) return;
    event.preventDefault();
    virtualizer.scrollToIndex(to);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"] a`)?.focus());
  };
  const classOf = ({ isNumber, className }: Column<Row>) =>
    [isNumber && classes.number, className].filter(Boolean).join(' ');
  return (
    <div
      ref={scroller}
      role="table"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={loadMore ? -1 : rows.length + 1}
      className={`${classes.scroller} ${className ?? ''}`}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row}>
          {columns.map((column) => (
            <div key={column.key} role="columnheader" className={classOf(column)}>
              {column.title}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ index, start }) => (
          <div
            key={keyOf(rows[index]!)}
            role="row"
            aria-rowindex={index + 2}
            data-index={index}
            className={classes.row}
            style={{ transform: `translateY(${start}px)` }}
          >
            {columns.map((column) => (
              <div key={column.key} role="cell" className={classOf(column)}>
                {column.cell(rows[index]!)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function indexOf(target: EventTarget): number | undefined {
  const row = target instanceof HTMLAnchorElement ? target.closest<HTMLElement>('[data-index]') : null;
  return row ? Number(row.dataset.index) : undefined;
}

function targetOf(key: string, at: number, last: number): number | undefined {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[key];
  return to === undefined || to < 0 || to > last ? undefined : to;
}
