import { attributeLimits, itemTexts, locationCode, MAX_MONEY, MAX_QUANTITY } from '#contracts';
import type { CsvRow } from '../csv/csv-reader.ts';
import type { Column } from '../csv/header.ts';
import { wholeNumber, textViolation } from './check-cell.ts';
import type { ItemRow, RowError } from './row.ts';

/** Takes over a cell that is not empty. Returns why it cannot. */
type Take = (row: ItemRow, cell: string) => string | undefined;

/** The rules of one file's rows, the same as those of `CreateItem`, made once from its header. */
export function rowChecker(columns: Column[]): (csv: CsvRow) => { row: ItemRow } | { errors: RowError[] } {
  const takes = columns.map(({ name, field }) => (field ? fieldTakes[field] : takeAttribute(name)));
  const skuAt = columns.findIndex(({ field }) => field === 'sku');

  return ({ line, cells, error }) => {
    const wrongRow = (reason: string) => ({ errors: [{ line, column: '', reason }] });
    if (error) return wrongRow(error);
    if (cells.length !== columns.length)
      return wrongRow(`has ${cells.length} cells where the header has ${columns.length}`);
    const row: ItemRow = { line, sku: '', fields: {} };
    const errors: RowError[] = [];
    cells.forEach((cell, n) => {
      const reason = cell === '' ? (n === skuAt ? 'is missing' : undefined) : takes[n]!(row, cell);
      if (reason) errors.push({ line, column: columns[n]!.name, reason });
    });
    return errors.length > 0 ? { errors } : { row };
  };
}

const takeText =
  (name: 'name' | 'description' | 'barcode' | 'category' | 'unit'): Take =>
  (row, cell) => {
    row.fields[name] = cell;
    return textViolation(cell, itemTexts[name]);
  };

const takeNumber =
  (max: number, keep: (row: ItemRow, value: number) => void): Take =>
  (row, cell) => {
    const value = wholeNumber(cell);
    if (value === undefined || value > max) return `must be a whole number from 0 to ${max}`;
    keep(row, value);
    return undefined;
  };

const takeAttribute =
  (name: string): Take =>
  (row, cell) => {
    // defineProperty: an attribute may be called __proto__.
    Object.defineProperty((row.fields.attributes ??= {}), name, { value: cell, enumerable: true, configurable: true });
    return textViolation(cell, { max: attributeLimits.value });
  };

const fieldTakes: Record<NonNullable<Column['field']>, Take> = {
  sku: (row, cell) => {
    row.sku = cell;
    return textViolation(cell, itemTexts.sku);
  },
  name: takeText('name'),
  description: takeText('description'),
  barcode: takeText('barcode'),
  category: takeText('category'),
  unit: takeText('unit'),
  unitCost: takeNumber(MAX_MONEY, (row, value) => (row.fields.unitCost = value)),
  reorderPoint: takeNumber(MAX_QUANTITY, (row, value) => (row.fields.reorderPoint = value)),
  quantity: takeNumber(MAX_QUANTITY, (row, value) => (row.quantity = value)),
  location: (row, cell) => {
    row.location = cell;
    return textViolation(cell, locationCode);
  },
  attributes: takeAttributes,
};

function takeAttributes(row: ItemRow, cell: string): string | undefined {
  let entries: [string, unknown][] | undefined;
  try {
    const value: unknown = JSON.parse(cell);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) entries = Object.entries(value);
  } catch {
    // Said below.
  }
  if (!entries?.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    return 'must be a JSON object whose values are texts';
  }
  for (const [name, value] of entries) {
    const wrong =
      textViolation(name, { min: 1, max: attributeLimits.key }) ?? textViolation(value, { max: attributeLimits.value });
    if (wrong) return `${JSON.stringify(name.slice(0, attributeLimits.key))} ${wrong}`;
    takeAttribute(name)(row, value);
  }
  return undefined;
}
