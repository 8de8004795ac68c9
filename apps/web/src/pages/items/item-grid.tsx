import { UnstyledButton } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, Suspense, useEffect, useRef, useState } from 'react';
import { LIVE_MS } from '../../api/query-client.ts';
import { lazyPart } from '../../components/lazy-part.ts';
import { DialogLoading } from '../../components/dialog/dialog-loading.tsx';
import type { Conflict } from '../../catalog/conflict.ts';
import type { Item } from '../../catalog/items.ts';
import { RowCheckbox } from '../../components/row-checkbox.tsx';
import { useShortcutHelp } from '../../shell/shortcuts.ts';
import { itemsTexts as texts } from '../../texts/items.ts';
import classes from './item-grid.module.css';
import { isStale, updateInLists, refreshRows } from './item-list.ts';
import { ItemRow } from './item-row.tsx';
import type { EditableField } from './cell-editor.tsx';
import type { ItemsSearch } from './search.ts';
import { type SetSelected, type SelectedItems, useSelection } from './use-selection.ts';

const ItemConflict = lazyPart(() => import('../../catalog/item-conflict.tsx'), 'ItemConflict');

const ROW_PX = 40;
/** The next page is fetched so many rows before its first one comes into view. */
const PREFETCH_ROWS = 400;

/** Where each list was left, by what it was asked for. */
const positions = new Map<string, { at: number; offset: number }>();

export interface Editing {
  id: string;
  field: EditableField;
}

interface ItemGridProps {
  items: Item[];
  search: ItemsSearch;
  /** Asks for the next page, where there is one. */
  more: (() => Promise<unknown>) | undefined;
  selected: SelectedItems;
  /** Undefined: the person may not change anything. */
  onSelect: SetSelected | undefined;
}

/** The WAI-ARIA grid pattern: one tab stop, arrow keys within, only the rows in view in the document. */
export function ItemGrid({ items, search, more, selected, onSelect }: ItemGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const asked = JSON.stringify(search);
  const [at, setAt] = useState(() => positions.get(asked)?.at ?? 0);
  const [editing, setEditing] = useState<Editing>();
  const [conflict, setConflict] = useState<Conflict>();
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 24,
    initialOffset: () => positions.get(asked)?.offset ?? 0,
  });
  const rows = virtualizer.getVirtualItems();
  const [first, last] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0];
  useEffect(() => {
    const ahead = first > 0 ? PREFETCH_ROWS : 0;
    if (last + ahead >= items.length - 1) void more?.();
  }, [first, last, items.length, more]);
  useRowRefresh(search, first, last);

  // Back from an item, the list is where it was left.
  const left = useRef({ asked, at, offset: 0 });
  useEffect(() => void (left.current = { asked, at, offset: virtualizer.scrollOffset ?? 0 }));
  useEffect(() => {
    return () => void positions.set(left.current.asked, left.current);
  }, []);
  // Another list begins at its top.
  const shown = useRef(asked);
  useEffect(() => {
    if (shown.current === asked) return;
    shown.current = asked;
    setAt(0);
    scroller.current?.scrollTo({ top: 0 });
  }, [asked]);

  useShortcutHelp(onSelect ? texts.gridKeysWithEditing : texts.gridKeys);
  const selection = useSelection(items, onSelect);
  const open = (item: Item) => void router.navigate({ to: '/items/$itemId', params: { itemId: item.id } });
  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[at];
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || !item) return;
    const move = (to: number) => {
      const index = Math.max(0, Math.min(items.length - 1, to));
      if (event.shiftKey) selection.extend(at, index);
      else selection.begin(index);
      setAt(index);
      virtualizer.scrollToIndex(index);
    };
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 1;
    const actions: Record<string, (() => void) | undefined> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      PageDown: () => move(at + page),
      PageUp: () => move(at - page),
      Home: () => move(0),
      End: () => move(items.length - 1),
      Enter: () => open(item),
      ' ': onSelect && (() => selection.toggle(at)),
      e: onSelect && (() => setEditing({ id: item.id, field: 'name' })),
      r: onSelect && (() => setEditing({ id: item.id, field: 'reorderPoint' })),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  const endEdit = () => {
    setEditing(undefined);
    scroller.current?.focus();
  };

  return (
    <>
      <div
        ref={scroller}
        id="item-grid"
        role="grid"
        tabIndex={0}
        aria-label={texts.grid}
        aria-rowcount={more ? -1 : items.length + 1}
        aria-multiselectable={onSelect ? true : undefined}
        aria-activedescendant={`item-row-${at}`}
        className={classes.scroller}
        data-selectable={onSelect ? true : undefined}
        onKeyDown={onKeyDown}
      >
        <GridHead search={search} items={items} selected={selected} onSelect={onSelect} />
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const item = items[index]!;
            return (
              <ItemRow
                key={item.id}
                item={item}
                index={index}
                top={start}
                isAt={index === at}
                isSelected={selected.has(item.id)}
                editing={editing?.id === item.id ? editing.field : undefined}
                onFocus={(hasShift) => {
                  setAt(index);
                  if (!hasShift) selection.begin(index);
                }}
                onSelect={onSelect && ((hasShift) => selection.toggle(index, hasShift))}
                onEdit={onSelect && ((field) => setEditing({ id: item.id, field }))}
                onEdited={endEdit}
                onConflict={(found) => {
                  endEdit();
                  setConflict(found);
                }}
              />
            );
          })}
        </div>
      </div>
      <Suspense fallback={<DialogLoading />}>
        {conflict && (
          <ItemConflict
            conflict={conflict}
            onAgain={setConflict}
            onDone={(item) => {
              updateInLists([item]);
              setConflict(undefined);
            }}
          />
        )}
      </Suspense>
    </>
  );
}

/** Keeps what is in view true: levels that others change appear by themselves. */
function useRowRefresh(search: ItemsSearch, first: number, last: number): void {
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

type GridHeadProps = Pick<ItemGridProps, 'search' | 'items' | 'selected' | 'onSelect'>;

function GridHead({ search, items, selected, onSelect }: GridHeadProps) {
  const all = selected.size > 0 && items.every(({ id }) => selected.has(id));
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.row}>
        {onSelect && (
          <div role="columnheader" className={classes.check}>
            <RowCheckbox
              aria-label={texts.selectAll}
              checked={all}
              indeterminate={selected.size > 0 && !all}
              onChange={() => onSelect(all ? new Map() : new Map(items.map((item) => [item.id, item])))}
            />
          </div>
        )}
        <SortHead column="sku" search={search} />
        <SortHead column="name" search={search} />
        {(['category', 'onHand', 'reserved', 'available', 'reorderPoint'] as const).map((column) => (
          <div key={column} role="columnheader" className={classes[column]}>
            {texts.columns[column]}
          </div>
        ))}
      </div>
    </div>
  );
}

const route = getRouteApi('/authenticated/items');

function SortHead({ column, search: { sort = 'sku', q } }: { column: 'sku' | 'name'; search: ItemsSearch }) {
  const navigate = route.useNavigate();
  const direction = q ? undefined : sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : undefined;
  const next = direction === 'ascending' ? (`-${column}` as const) : column;
  const label = texts.columns[column];
  return (
    <div role="columnheader" aria-sort={direction} className={classes[column]}>
      {q ? (
        label
      ) : (
        <UnstyledButton
          className={classes.sort}
          aria-label={texts.sortBy(label)}
          onClick={() => void navigate({ search: (before) => ({ ...before, sort: next }), replace: true })}
        >
          {label}
          {direction === 'ascending' && <ArrowUp size={12} aria-hidden />}
          {direction === 'descending' && <ArrowDown size={12} aria-hidden />}
        </UnstyledButton>
      )}
    </div>
  );
}
