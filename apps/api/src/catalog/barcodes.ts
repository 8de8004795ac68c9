import type { CreateItem, ItemWarning } from '#contracts';
import { InputErrors } from '#service';
import { barcodeKey, isGtin } from './barcode-key.ts';

/** What a caller sets of an item: its barcodes are the first and the others. */
export type ItemFields = Omit<CreateItem, 'barcodes'> & { moreBarcodes?: string[]; photo?: string | null };

/**
 * The fields of a change with its barcodes as the first and the others.
 * @param own those that the item has
 * @throws Problem `invalid-fields` where one is there twice, or `barcode` is not the first
 */
export function withBarcodes<T extends Pick<CreateItem, 'barcode' | 'barcodes'>>(
  { barcodes, ...fields }: T,
  own: string[],
): Omit<T, 'barcodes'> & Pick<ItemFields, 'barcode' | 'moreBarcodes'> {
  const { barcode } = fields;
  if (barcodes === undefined && barcode === undefined) return fields;
  const others = typeof barcode !== 'string' ? own.slice(1) : own.slice(1).filter((code) => barcodeKey(code) !== barcodeKey(barcode)); // prettier-ignore
  const all = barcodes ?? [barcode ?? [], others].flat();
  const errors = new InputErrors();
  const keys = all.map(barcodeKey);
  keys.forEach((key, n) => {
    const first = keys.indexOf(key);
    if (first < n) errors.add(`/barcodes/${n}`, `is the same barcode as /barcodes/${first}`);
  });
  if (barcode !== undefined && barcode !== (all[0] ?? null) && barcodes) errors.add('/barcode', 'must be the first of barcodes, or be left out'); // prettier-ignore
  if (errors.any) throw errors.toProblem('invalid-fields');
  return { ...fields, barcode: all[0] ?? null, moreBarcodes: all.slice(1) };
}

/** Barcodes that have as many digits as a GTIN, and another check digit (GS1 General Specifications, 7.9). */
export const barcodeWarnings = (barcodes: string[]): ItemWarning[] =>
  barcodes.flatMap((code, n) => {
    const digit = isGtin(code) ? checkDigit(code) : undefined;
    if (digit === undefined || code.endsWith(digit)) return [];
    return [{ pointer: `/barcodes/${n}`, detail: `${code} looks like a GTIN, but its check digit would be ${digit}` }];
  });

/** What the last digit should be: those before it weigh 3 and 1 in turn, from the right. */
function checkDigit(gtin: string): string {
  const sum = [...gtin.slice(0, -1)].reverse().reduce((total, digit, n) => total + Number(digit) * (n % 2 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
}
