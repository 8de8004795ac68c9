import { attributeLimits, type DecimalSign, type ImportColumn, importLimits, isReservedKey, itemTexts, locationCode, MAX_BARCODES, MAX_MONEY, MAX_QUANTITY, type MappingTarget } from '#contracts'; // prettier-ignore
import type { Row } from '../file/table.ts';
import { parseBarcodes } from '../../catalog/barcode-list.ts';
import { codeViolation, textViolation } from './check-cell.ts';
import { type Currency, withoutCurrency } from './money.ts';
import { type ParsedNumber, parseNumber, scaled } from './parse-number.ts';
import type { CheckedRow, ItemRow, RowError } from './row.ts';

/** A column of the file, and what its cells become. */
export interface Column {
  heading: string;
  target: MappingTarget;
  /** Of a column of numbers. */
  decimal?: DecimalSign | undefined;
}

interface Cell {
  text: string;
  /** A workbook's own number. */
  isNumber: boolean;
  decimal: DecimalSign | undefined;
}

/** Takes over a cell that is not empty. Returns why it cannot. */
type Take = (row: ItemRow, cell: Cell) => string | undefined;

/** The rules of one file's rows, the same as those of `CreateItem`, made once from its columns. */
export function rowChecker(columns: Column[], currency: Currency): (row: Row) => CheckedRow {
  const takes = columns.map(({ target }) => takeOf(target, currency));
  const skuAt = columns.findIndex(({ target }) => target === 'sku');

  return ({ line, cells, error, exact }) => {
    const row: ItemRow = { line, sku: '', fields: {} };
    const wrong = (column: string, reason: string): RowError => ({ line, column, reason });
    if (error) return { row, cells, errors: [wrong('', error)] };
    const errors: RowError[] = [];
    const extra = cells.findIndex((cell, at) => at >= columns.length && cell !== '');
    if (extra !== -1)
      errors.push(wrong('', `has a value in cell ${extra + 1}, where the header has ${columns.length} columns`));
    columns.forEach(({ heading, decimal }, at) => {
      // Stored text is in NFC: two spellings of one accented letter are one.
      const text = (cells[at] ?? '').normalize('NFC');
      if (text === '' && at !== skuAt) return;
      const reason = text === '' ? 'is missing' : takes[at]!(row, { text, isNumber: exact?.[at] ?? false, decimal });
      if (reason) errors.push(wrong(heading, reason));
    });
    return { row, cells, errors };
  };
}

function takeOf(target: MappingTarget, currency: Currency): Take {
  if (target === 'ignore') return () => undefined;
  if (target.startsWith('attribute:')) {
    const name = target.slice('attribute:'.length);
    return (row, { text }) => takeAttribute(row, name, text);
  }
  return target === 'unitCost' ? takeMoney(currency) : fieldTakes[target as Exclude<ImportColumn, 'unitCost'>];
}

const takeText =
  (name: 'name' | 'description' | 'category' | 'unit'): Take =>
  (row, { text }) => {
    row.fields[name] = text;
    return textViolation(text, itemTexts[name]);
  };

const takeQuantity =
  (keep: (row: ItemRow, value: number) => void): Take =>
  (row, cell) => {
    const number = numberOf(cell.text, cell);
    if ('reason' in number) return `must be a whole number from 0 to ${MAX_QUANTITY}: ${number.reason}`;
    const value = scaled(number.value, 0);
    if (value === undefined) return `must be a whole number from 0 to ${MAX_QUANTITY}: ${cell.text} is not whole`;
    if (value > MAX_QUANTITY) return `must be a whole number from 0 to ${MAX_QUANTITY}`;
    keep(row, value);
    return undefined;
  };

const takeMoney =
  (currency: Currency): Take =>
  (row, cell) => {
    const rule = `must be an amount in ${currency.code} from 0 to ${MAX_MONEY / 10 ** currency.scale}`;
    const amount = withoutCurrency(cell.text, currency);
    if ('reason' in amount) return `${rule}: ${amount.reason}`;
    const number = numberOf(amount.amount, cell);
    if ('reason' in number) return `${rule}: ${number.reason}`;
    const value = scaled(number.value, currency.scale);
    if (value === undefined) return `${rule}: ${cell.text} has more than ${currency.scale} decimals`;
    if (value > MAX_MONEY) return rule;
    row.fields.unitCost = value;
    return undefined;
  };

const numberOf = (text: string, { isNumber, decimal }: Cell): ParsedNumber =>
  parseNumber(text, isNumber ? 'point' : decimal);

function takeAttribute(row: ItemRow, name: string, text: string): string | undefined {
  (row.fields.attributes ??= {})[name] = text;
  return textViolation(text, { max: attributeLimits.value });
}

const fieldTakes: Record<Exclude<ImportColumn, 'unitCost'>, Take> = {
  sku: (row, { text, isNumber }) => {
    const violation = codeViolation(text, itemTexts.sku, isNumber);
    if (!violation) row.sku = text;
    return violation;
  },
  barcode: (row, { text, isNumber }) => {
    const violation = codeViolation(text, itemTexts.barcode, isNumber);
    if (!violation) row.fields.barcode = text;
    return violation;
  },
  moreBarcodes: (row, { text }) => {
    const codes = parseBarcodes(text);
    if (codes.length > MAX_BARCODES - 1) return `must have up to ${MAX_BARCODES - 1} barcodes, parted by |`;
    row.fields.moreBarcodes = codes;
    return codes
      .map((code) => codeViolation(code, itemTexts.barcode, false))
      .find((violation) => violation !== undefined);
  },
  name: takeText('name'),
  description: takeText('description'),
  category: takeText('category'),
  unit: takeText('unit'),
  reorderPoint: takeQuantity((row, value) => (row.fields.reorderPoint = value)),
  quantity: takeQuantity((row, value) => (row.quantity = value)),
  location: (row, { text, isNumber }) => {
    const violation = codeViolation(text, locationCode, isNumber);
    if (!violation) row.location = text;
    return violation;
  },
  attributes: (row, { text }) => takeAttributes(row, text),
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
  if (entries.length > importLimits.columns) return `must have up to ${attributeLimits.count} attributes`;
  for (const [name, value] of entries) {
    const wrong =
      (isReservedKey(name) ? 'is a reserved name' : undefined) ??
      textViolation(name, { min: 1, max: attributeLimits.key }) ??
      textViolation(value, { max: attributeLimits.value });
    if (wrong) return `${JSON.stringify(name.slice(0, attributeLimits.key))} ${wrong}`;
    takeAttribute(row, name, value);
  }
  return undefined;
}
