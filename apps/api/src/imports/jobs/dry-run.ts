import { randomUUIDv7 } from 'node:crypto';
import { barcodeKey } from '../../catalog/barcode-key.ts';
import type { ExistingData } from '../rows/evaluate-rows.ts';
import type { DryRunItem } from './row.repository.ts';

/** Applies what a dry run would have done before to what the database holds. */
export function addDryRunItems(existing: ExistingData, seen: DryRunItem[], keys: string[]): void {
  const wanted = new Set(keys);
  const items = new Map(existing.items.map((item) => [item.key, item]));
  for (const { key, barcode, attributes } of seen) {
    const known = items.get(key) ?? {
      id: randomUUIDv7(),
      key,
      barcodes: [],
      archived: false,
      version: 1,
      attributes: [],
    };
    if (barcode !== null) {
      const [first] = known.barcodes;
      if (first !== undefined && existing.barcodes.get(barcodeKey(first)) === key)
        existing.barcodes.delete(barcodeKey(first));
      existing.barcodes.set(barcodeKey(barcode), key);
    }
    if (wanted.has(key)) {
      const barcodes = barcode === null ? known.barcodes : [barcode, ...known.barcodes.slice(1)];
      items.set(key, { ...known, barcodes, attributes: [...known.attributes, ...attributes] });
    }
  }
  existing.items = [...items.values()];
}
