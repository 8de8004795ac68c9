import { useRouter } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Suspense, useEffect, useRef, useState } from 'react';
import { lazyPart } from '../../components/lazy-part.ts';
import { DialogLoading } from '../../components/dialog/dialog-loading.tsx';
import table from '../../components/virtual-table.module.css';
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
import { useGridKeys } from './use-grid-keys.ts';
import { useListPosition } from './use-list-position.ts';
import { useRowRefresh } from './use-row-refresh.ts';
import { type SetSelected, type SelectedItems, useSelection } from './use-selection.ts';
import type { Display } from './views/display.ts';

const ItemConflict = lazyPart(() => import('../../catalog/item-conflict.tsx'), 'ItemConflict');

/** As in the style sheet. */
const ROW_PX = { usual: 40, compact: 32 };
/** The next page is fetched so many rows before its first one comes into view. */
const PREFETCH_ROWS = 400;

export interface Editing {
  id: string;
  field: EditableField;
}

interface ItemGridProps {
  /** Another height of the rows makes another grid. */
  display: Display;
  items: Item[];
  search: ItemsSearch;
  /** Asks for the next page, where there is one. */
  more: (() => Promise<unknown>) | undefined;
  selected: SelectedItems;
  /** Undefined: the person may not change anything. */
  onSelect: SetSelected | undefined;
}

/** The WAI-ARIA grid pattern: one tab stop, arrow keys within, only the rows in view in the document. */
export function ItemGrid({ display: { columns, isCompact }, items, search, more, selected, onSelect }: ItemGridProps) {
  const rowPx = isCompact ? ROW_PX.compact : ROW_PX.usual;
  const scroller = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const { at, setAt, initialOffset } = useListPosition(JSON.stringify(search), scroller);
  const [editing, setEditing] = useState<Editing>();
  const [conflict, setConflict] = useState<Conflict>();
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
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
  const onKeyDown = useGridKeys({
    rowCount: items.length,
    at,
    rowsPerPage: () => Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1,
    moveTo: (index, isSelecting) => {
      if (isSelecting) selection.extend(at, index);
      else selection.begin(index);
      setAt(index);
      virtualizer.scrollToIndex(index);
    },
    actions: (index) => {
      const { id } = items[index]!;
      return {
        Enter: () => void router.navigate({ to: '/items/$itemId', params: { itemId: id } }),
        ...(onSelect && {
          ' ': () => selection.toggle(index),
          e: () => setEditing({ id, field: 'name' }),
          r: () => setEditing({ id, field: 'reorderPoint' }),
        }),
      };
    },
  });
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
        className={`${table.scroller} ${classes.scroller}`}
        data-selectable={onSelect ? true : undefined}
        data-compact={isCompact || undefined}
        onKeyDown={onKeyDown}
      >
        <GridHead columns={columns} search={search} items={items} selected={selected} onSelect={onSelect} />
        <div role="rowgroup" className={`${table.body} ${classes.body}`} style={{ height: virtualizer.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const item = items[index]!;
            return (
              <ItemRow
                key={item.id}
                columns={columns}
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
