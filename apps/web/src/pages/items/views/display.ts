/** Columns that a person may choose, in the order in which they stand after SKU and name. */
export const COLUMNS = [
  'category',
  'barcode',
  'unit',
  'unitCost',
  'onHand',
  'reserved',
  'available',
  'reorderPoint',
] as const;
export type Column = (typeof COLUMNS)[number];

/** How the list looks. */
export interface Display {
  columns: readonly Column[];
  isCompact: boolean;
}

const USUAL: Display = { columns: ['category', 'onHand', 'reserved', 'available', 'reorderPoint'], isCompact: false };

const keyOf = (userId: string) => `stockroom.item-display.${userId}`;

/** What the person has chosen in this browser. What cannot be read counts as not chosen. */
export function readDisplay(userId: string): Display {
  try {
    const stored = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '{}') as {
      columns?: unknown;
      isCompact?: unknown;
    };
    const { columns, isCompact } = stored;
    return {
      columns: Array.isArray(columns) ? COLUMNS.filter((column) => columns.includes(column)) : USUAL.columns,
      isCompact: isCompact === true,
    };
  } catch {
    return USUAL;
  }
}

/** @throws DOMException where the browser stores nothing, or no more */
export function writeDisplay(userId: string, display: Display): void {
  localStorage.setItem(keyOf(userId), JSON.stringify(display));
}

/** With the column where it is missing, without it where it is there. */
export const toggled = (columns: readonly Column[], column: Column): Column[] =>
  COLUMNS.filter((other) => columns.includes(other) !== (other === column));
