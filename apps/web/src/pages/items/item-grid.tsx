import { useRouter } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, Suspense, useEffect, useRef, useState } from 'react';
import { lazyPart } from '../../components/lazy-part.ts';
import { DialogLoading } from '../../components/dialog/dialog-loading.tsx';
import type { Conflict } from '../../catalog/conflict.ts';
import type { Item } from '../../catalog/items.ts';
import { useShortcutHelp } from '../../shell/shortcuts.ts';
import { itemsTexts as texts } from '../../texts/items.ts';
import { GridHead } from './grid-head.tsx';
import classes from './item-grid.module.css';
import { updateInLists } from './item-list.ts';
import { ItemRow } from './item-row.tsx';
import type { EditableField } from './cell-editor.tsx';
import type { ItemsSearch } from './search.ts';
import { useListPosition } from './use-list-position.ts';
import { useRowRefresh } from './use-row-refresh.ts';
import { type SetSelected, type SelectedItems, useSelection } from './use-selection.ts';

const ItemConflict = lazyPart(() => import('../../catalog/item-conflict.tsx'), 'ItemConflict');

const ROW_PX = 40;
/** The next page is fetched so many rows before its first one comes into view. */
const PREFETCH_ROWS = 400;

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
  const { at, setAt, initialOffset } = useListPosition(JSON.stringify(search), scroller);
  const [editing, setEditing] = useState<Editing>();
  const [conflict, setConflict] = useState<Conflict>();
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 24,
    initialOffset,
  });
  const rows = virtualizer.getVirtualItems();
  const [first, last] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0];
  useEffect(() => {
    const ahead = first > 0 ? PREFETCH_ROWS : 0;
    if (last + ahead >= items.length - 1) void more?.();
  }, [first, last, items.length, more]);
  useRowRefresh(search, first, last);

  useShortcutHelp(onSelect ? texts.gridKeysWithEditing : texts.gridKeys);
  const selection = useSelection(items, onSelect);
  const open = (item: Item) => void router.navigate({ to: '/items/$itemId', params: { itemId: item.id } });
  const moveTo = (index: number, isSelecting: boolean) => {
    if (isSelecting) selection.extend(at, index);
    else selection.begin(index);
    setAt(index);
    virtualizer.scrollToIndex(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[at];
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || !item) return;
    const rowsPerPage = Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 1;
    const to = targetRow(event.key, at, items.length - 1, rowsPerPage);
    const actions: Record<string, (() => void) | undefined> = {
      Enter: () => open(item),
      ' ': onSelect && (() => selection.toggle(at)),
      e: onSelect && (() => setEditing({ id: item.id, field: 'name' })),
      r: onSelect && (() => setEditing({ id: item.id, field: 'reorderPoint' })),
    };
    const action = to === undefined ? actions[event.key] : () => moveTo(to, event.shiftKey);
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
