import { UnstyledButton } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Item } from '../../catalog/items.ts';
import { RowCheckbox } from '../../components/row-checkbox.tsx';
import table from '../../components/virtual-table.module.css';
import { itemsTexts as texts } from '../../texts/items.ts';
import classes from './item-grid.module.css';
import { type ItemsSearch, SORTED, type SortedColumn } from './search.ts';
import type { SelectedItems, SetSelected } from './use-selection.ts';
import type { Column } from './views/display.ts';

const isSorted = (column: string): column is SortedColumn => SORTED.some((sorted) => sorted === column);

interface GridHeadProps {
  columns: readonly Column[];
  search: ItemsSearch;
  items: Item[];
  selected: SelectedItems;
  /** Undefined: the person may not change anything. */
  onSelect: SetSelected | undefined;
}

/** The columns' names, with what sorts by them and what selects all. */
export function GridHead({ columns, search, items, selected, onSelect }: GridHeadProps) {
  const all = selected.size > 0 && items.every(({ id }) => selected.has(id));
  return (
    <div role="rowgroup" className={`${table.head} ${classes.head}`}>
      <div role="row" aria-rowindex={1} className={`${table.row} ${classes.row}`}>
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
        {(['sku', 'name', ...columns] as const).map((column) =>
          isSorted(column) ? (
            <SortHead key={column} column={column} search={search} />
          ) : (
            <div key={column} role="columnheader" className={classes[column]}>
              {texts.columns[column]}
            </div>
          ),
        )}
      </div>
    </div>
  );
}

const route = getRouteApi('/authenticated/items');

function SortHead({ column, search: { sort = 'sku', q } }: { column: SortedColumn; search: ItemsSearch }) {
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
