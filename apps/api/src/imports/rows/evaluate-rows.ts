import { attributeLimits, type ImportMode } from '#contracts';
import type { BulkItem, KnownItem } from '../../catalog/bulk-item.repository.ts';
import type { Fields, ItemRow, RowError } from './row.ts';

/** What a batch of rows finds in the database, locked. */
export interface ExistingData {
  items: KnownItem[];
  /** By barcode, the key of the item that has it. */
  barcodes: Map<string, string>;
  /** By code as the file writes it. */
  locations: Map<string, { id: string; archived: boolean }>;
}

/** An item as the batch leaves it: rows for the same SKU are one change. */
export interface Change extends BulkItem {
  key: string;
  isNew: boolean;
}

export interface Receipt {
  itemId: string;
  locationId: string;
  quantity: number;
}

/** What a batch does. */
export interface BatchPlan {
  changes: Change[];
  receipts: Receipt[];
  errors: RowError[];
  created: number;
  updated: number;
}

/** Where a quantity goes that names no location. */
export const DEFAULT_LOCATION = 'MAIN';

interface State extends Omit<KnownItem, 'attributes'> {
  attributes: Set<string>;
  change?: Change;
}

/**
 * Works out, row after row, what each does to what those before it left. A row with anything wrong does nothing.
 * @param keys the SKU of each row as the database compares it
 */
export function evaluateRows(
  rows: ItemRow[],
  keys: string[],
  found: ExistingData,
  mode: ImportMode,
  newId: () => string,
): BatchPlan {
  const states = new Map<string, State>(
    found.items.map((item) => [item.key, { ...item, attributes: new Set(item.attributes) }]),
  );
  const verdict: BatchPlan = { changes: [], receipts: [], errors: [], created: 0, updated: 0 };
  rows.forEach((row, n) => {
    const key = keys[n]!;
    const known = states.get(key);
    const wrong = violationsOf(row, key, known, found, mode);
    if (wrong.length > 0) {
      verdict.errors.push(...wrong.map(([column, reason]) => ({ line: row.line, column, reason })));
      return;
    }
    const state = known ?? { id: newId(), key, barcode: null, archived: false, attributes: new Set<string>() };
    states.set(key, state);
    verdict[known ? 'updated' : 'created']++;
    if (!state.change)
      verdict.changes.push((state.change = { id: state.id, sku: row.sku, key, isNew: !known, fields: {} }));
    merge(state, row.fields, found.barcodes);
    if (row.quantity) {
      const { id } = found.locations.get(row.location ?? DEFAULT_LOCATION)!;
      verdict.receipts.push({ itemId: state.id, locationId: id, quantity: row.quantity });
    }
  });
  return verdict;
}

function violationsOf(
  row: ItemRow,
  key: string,
  known: State | undefined,
  found: ExistingData,
  mode: ImportMode,
): [column: string, reason: string][] {
  const { fields, location, quantity } = row;
  const wrong: [string, string][] = [];
  if (known && mode === 'create') wrong.push(['sku', 'is taken']);
  else if (known?.archived) wrong.push(['sku', 'is that of an archived item; restore it first']);
  if (!known && fields.name === undefined) wrong.push(['name', 'is missing: the item is new']);
  const owner = fields.barcode === undefined ? undefined : found.barcodes.get(fields.barcode);
  if (owner !== undefined && owner !== key) wrong.push(['barcode', 'is another item’s']);
  if (location !== undefined || quantity) {
    const place = found.locations.get(location ?? DEFAULT_LOCATION);
    if (!place) wrong.push(['location', `there is no location ${location ?? DEFAULT_LOCATION}`]);
    else if (place.archived) wrong.push(['location', 'is archived']);
  }
  if (fields.attributes) {
    const all = new Set([...(known?.attributes ?? []), ...Object.keys(fields.attributes)]);
    if (all.size > attributeLimits.count)
      wrong.push(['attributes', `would be ${all.size}; an item may have ${attributeLimits.count}`]);
  }
  return wrong;
}

function merge(state: State, { attributes, ...fields }: Fields, barcodes: Map<string, string>): void {
  const change = state.change!;
  Object.assign(change.fields, fields);
  if (attributes) {
    change.fields.attributes = { ...change.fields.attributes, ...attributes };
    for (const name of Object.keys(attributes)) state.attributes.add(name);
  }
  if (fields.barcode !== undefined) {
    if (state.barcode !== null) barcodes.delete(state.barcode);
    barcodes.set(fields.barcode, state.key);
    state.barcode = fields.barcode;
  }
}
