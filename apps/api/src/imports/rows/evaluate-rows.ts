import { attributeLimits, type ImportColumn, type ImportMode, type StockMode } from '#contracts';
import type { BulkItem, KnownItem } from '../../catalog/bulk-catalog.ts';
import { barcodeKey } from '../../catalog/barcode-key.ts';
import type { StockLevel } from '../../stock/bulk-stock.ts';
import type { CheckedRow, Fields, ItemRow, RowError } from './row.ts';

/** What a batch of rows finds in the database, locked. */
export interface ExistingData {
  items: KnownItem[];
  /** By `barcodeKey`, the key of the item that has it. */
  barcodes: Map<string, string>;
  /** By code as the file writes it. */
  locations: Map<string, { id: string; archived: boolean }>;
  /** By `levelKey`, of items that were there; a level that is missing is 0 and without movements. */
  levels: Map<string, StockLevel>;
}

/** An item as the batch leaves it: rows for the same SKU are one change. */
export interface Change extends BulkItem {
  key: string;
  isNew: boolean;
}

/** What a level changes by; `onHandAfter` is what it then is. */
export interface StockChange {
  itemId: string;
  locationId: string;
  delta: number;
  onHandAfter: number;
}

/** What a batch does. */
export interface BatchPlan {
  changes: Change[];
  stock: StockChange[];
  errors: RowError[];
  /** Quantities that are not booked, with the reason: their rows are done all the same. */
  notices: RowError[];
  /** Rows that are left out. */
  failed: CheckedRow[];
  created: number;
  updated: number;
}

/** Where a quantity goes that names no location. */
export const DEFAULT_LOCATION = 'MAIN';

export const levelKey = (itemId: string, locationId: string): string => itemId + locationId;

/** The code of the location that a row's quantity is for; undefined where the row has neither. */
export const placeOf = ({ location, quantity }: ItemRow): string | undefined =>
  location ?? (quantity === undefined || quantity === 0 ? undefined : DEFAULT_LOCATION);

interface State extends Omit<KnownItem, 'attributes'> {
  attributes: Set<string>;
  change?: Change;
}

export interface EvaluationOptions {
  mode: ImportMode;
  stock: StockMode;
  newId: () => string;
  /** What the file calls the column of a field. */
  headingOf: (field: ImportColumn) => string;
}

/**
 * Computes the effect of each row in order, on the result of those before it. A row with an error has no effect.
 * @param keys the SKU of each row as the database compares it
 */
export function evaluateRows(
  rows: CheckedRow[],
  keys: string[],
  existing: ExistingData,
  options: EvaluationOptions,
): BatchPlan {
  const states = new Map<string, State>(
    existing.items.map((item) => [item.key, { ...item, attributes: new Set(item.attributes) }]),
  );
  const plan: BatchPlan = { changes: [], stock: [], errors: [], notices: [], failed: [], created: 0, updated: 0 };
  rows.forEach((checked, n) => {
    const { row } = checked;
    const key = keys[n]!;
    const known = states.get(key);
    const wrong = violationsOf(row, key, known, existing, options.mode);
    if (wrong.length > 0 || checked.errors.length > 0) {
      const said = new Set(checked.errors.map(({ column }) => column));
      const further = wrong
        .map(([field, reason]) => ({ line: row.line, column: options.headingOf(field), reason }))
        .filter(({ column }) => !said.has(column));
      plan.errors.push(...checked.errors, ...further);
      plan.failed.push(checked);
      return;
    }
    const state: State = known ?? newState(options.newId(), key);
    states.set(key, state);
    plan[known ? 'updated' : 'created']++;
    if (!state.change)
      plan.changes.push((state.change = { id: state.id, sku: row.sku, key, isNew: !known, fields: {} }));
    merge(state, row.fields, existing.barcodes);
    changeStock(plan, row, state.id, existing, options);
  });
  return plan;
}

const newState = (id: string, key: string): State => ({
  id,
  key,
  barcodes: [],
  archived: false,
  version: 1,
  attributes: new Set(),
});

function violationsOf(
  row: ItemRow,
  key: string,
  known: State | undefined,
  found: ExistingData,
  mode: ImportMode,
): [field: ImportColumn, reason: string][] {
  const { fields } = row;
  const wrong: [ImportColumn, string][] = [];
  if (row.sku !== '') {
    if (known && mode === 'create') wrong.push(['sku', 'is taken']);
    else if (known?.archived) wrong.push(['sku', 'is that of an archived item; restore it first']);
    if (!known && fields.name === undefined) wrong.push(['name', 'is missing: the item is new']);
  }
  const isTaken = (code: string) => (found.barcodes.get(barcodeKey(code)) ?? key) !== key;
  if (fields.barcode !== undefined && isTaken(fields.barcode)) wrong.push(['barcode', 'is another item’s']);
  const taken = fields.moreBarcodes?.find(isTaken);
  if (taken !== undefined) wrong.push(['moreBarcodes', `${taken} is another item’s`]);
  const code = placeOf(row);
  if (code !== undefined) {
    const place = found.locations.get(code);
    if (!place) wrong.push(['location', `there is no location ${code}`]);
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
    const merged = (change.fields.attributes ??= {});
    for (const [name, value] of Object.entries(attributes)) {
      // defineProperty: an attribute may be called __proto__.
      Object.defineProperty(merged, name, { value, enumerable: true, configurable: true });
      state.attributes.add(name);
    }
  }
  const { barcode = state.barcodes[0], moreBarcodes = state.barcodes.slice(1) } = fields;
  for (const code of state.barcodes) barcodes.delete(barcodeKey(code));
  state.barcodes = [barcode ?? [], moreBarcodes].flat();
  for (const code of state.barcodes) barcodes.set(barcodeKey(code), state.key);
}

function changeStock(
  plan: BatchPlan,
  row: ItemRow,
  itemId: string,
  { locations, levels }: ExistingData,
  options: EvaluationOptions,
): void {
  const { quantity, line } = row;
  const { stock } = options;
  if (quantity === undefined || stock === 'ignore' || (quantity === 0 && stock !== 'set')) return;
  const code = row.location ?? DEFAULT_LOCATION;
  const locationId = locations.get(code)!.id;
  const key = levelKey(itemId, locationId);
  const level = levels.get(key) ?? { onHand: 0, hasMovements: false };
  levels.set(key, level);
  if (stock === 'opening' && level.hasMovements) {
    const reason = `${quantity} not booked: the item has movements at ${code} already, with ${level.onHand} on hand. Send ?stock=set or ?stock=add to book it`;
    plan.notices.push({ line, column: options.headingOf('quantity'), reason });
    return;
  }
  const delta = stock === 'set' ? quantity - level.onHand : quantity;
  level.onHand += delta;
  plan.stock.push({ itemId, locationId, delta, onHandAfter: level.onHand });
}
