import { ActionIcon, Badge } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { Conflict } from '../../catalog/conflict.ts';
import { useCurrency } from '../../catalog/currency.ts';
import { isLow, type Item } from '../../catalog/items.ts';
import { photoUrl } from '../../catalog/photos.ts';
import { RowCheckbox } from '../../components/row-checkbox.tsx';
import table from '../../components/virtual-table.module.css';
import { money, number } from '../../texts/format.ts';
import { itemsTexts as texts } from '../../texts/items.ts';
import { CellEditor, type EditableField } from './cell-editor.tsx';
import classes from './item-grid.module.css';
import type { Column } from './views/display.ts';

interface ItemRowProps {
  columns: readonly Column[];
  item: Item;
  index: number;
  /** In pixels, from where the rows begin. */
  top: number;
  isAt: boolean;
  isSelected: boolean;
  editing: EditableField | undefined;
  onFocus: (hasShift: boolean) => void;
  onSelect: ((hasShift: boolean) => void) | undefined;
  onEdit: ((field: EditableField) => void) | undefined;
  onEdited: () => void;
  onConflict: (conflict: Conflict) => void;
}

export const ItemRow = memo(
  function ItemRow({ columns, item, index, top, isAt, isSelected, onFocus, onSelect, ...cell }: ItemRowProps) {
    return (
      <div
        role="row"
        id={`item-row-${index}`}
        aria-rowindex={index + 2}
        aria-selected={onSelect ? isSelected : undefined}
        data-at={isAt || undefined}
        className={`${table.row} ${classes.row}`}
        style={{ transform: `translateY(${top}px)` }}
        onMouseDown={(event) => {
          // With shift, rows are selected, not their text.
          if (event.shiftKey && onSelect) event.preventDefault();
          onFocus(event.shiftKey);
        }}
      >
        {onSelect && (
          <div role="gridcell" className={classes.check}>
            <RowCheckbox
              tabIndex={-1}
              aria-label={texts.select(item.name)}
              checked={isSelected}
              onChange={({ nativeEvent }) => onSelect((nativeEvent as MouseEvent).shiftKey)}
            />
          </div>
        )}
        <div role="gridcell" className={classes.sku}>
          {item.sku}
        </div>
        <EditableCell field="name" item={item} {...cell}>
          {item.photo && <img className={classes.photo} src={photoUrl(item)} alt="" loading="lazy" />}
          <Link to="/items/$itemId" params={{ itemId: item.id }} tabIndex={-1} className={classes.link}>
            {item.name}
          </Link>
        </EditableCell>
        {columns.map((column) =>
          column === 'reorderPoint' ? (
            <EditableCell key={column} field={column} item={item} {...cell}>
              {item.reorderPoint === null ? '–' : number(item.reorderPoint)}
            </EditableCell>
          ) : (
            <div key={column} role="gridcell" className={classes[column]}>
              {CELLS[column](item)}
            </div>
          ),
        )}
      </div>
    );
  },
  // The handlers do what they did before, as long as the row shows the same.
  (before, after) =>
    (['columns', 'item', 'index', 'top', 'isAt', 'isSelected', 'editing'] as const).every(
      (key) => before[key] === after[key],
    ),
);

const CELLS: Record<Exclude<Column, 'reorderPoint'>, (item: Item) => ReactNode> = {
  category: ({ category }) =>
    category && (
      <Link to="/items" search={{ category }} tabIndex={-1} className={classes.quiet}>
        {category}
      </Link>
    ),
  barcode: ({ barcode }) => barcode ?? '–',
  unit: ({ unit }) => unit,
  unitCost: ({ unitCost }) => <UnitCost amount={unitCost} />,
  onHand: ({ onHand }) => number(onHand),
  reserved: ({ reserved }) => (reserved === 0 ? '–' : number(reserved)),
  available: (item) => (
    <>
      {isLow(item) && (
        <Badge size="xs" className={classes.low}>
          {texts.low}
        </Badge>
      )}
      {number(item.available)}
    </>
  ),
};

function UnitCost({ amount }: { amount: number | null }) {
  const currency = useCurrency();
  return amount === null ? '–' : currency && money(amount, currency);
}

interface EditableCellProps extends Pick<ItemRowProps, 'item' | 'editing' | 'onEdit' | 'onEdited' | 'onConflict'> {
  field: EditableField;
  children: ReactNode;
}

function EditableCell({ field, item, editing, onEdit, onEdited, onConflict, children }: EditableCellProps) {
  return (
    <div role="gridcell" className={classes[field]} onDoubleClick={onEdit && (() => onEdit(field))}>
      {editing === field ? (
        <CellEditor item={item} field={field} onEnd={onEdited} onConflict={onConflict} />
      ) : (
        <>
          {children}
          {onEdit && (
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              tabIndex={-1}
              className={classes.pencil}
              aria-label={texts.edit(texts.columns[field])}
              onClick={() => onEdit(field)}
            >
              <Pencil size={12} aria-hidden />
            </ActionIcon>
          )}
        </>
      )}
    </div>
  );
}
