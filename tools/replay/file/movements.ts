import type { MovementInput } from '#contracts';
import { skuKey } from './catalog-items.ts';
import type { SalesFile, SalesLine } from './sales-file.ts';

/** A movement to post; its reference is found again in the ledger by a later run. */
export type ReplayMovement = MovementInput & { reference: string };

/** The contract's limit. */
const MAX_LINES = 500;

type ReplayType = 'issue' | 'receipt' | 'adjustment';

/** A sale takes stock away, a cancellation brings it back, a negative quantity of any other invoice writes it off. */
const movementType = ({ invoice, quantity }: SalesLine): ReplayType =>
  /^c/i.test(invoice) ? 'receipt' : quantity > 0 ? 'issue' : 'adjustment';

const absoluteQuantity = ({ quantity }: SalesLine): number => Math.abs(quantity);
const reducesStock = (line: SalesLine): boolean => movementType(line) !== 'receipt';

/**
 * Each invoice as one movement, in the file's order. One that mixes kinds, or has more than 500 lines, becomes several:
 * `INV-1`, `INV-1/2`, `INV-1/3`, …, kind by kind and 500 lines at a time.
 */
export function invoiceMovements({ lines }: SalesFile, location: string): ReplayMovement[] {
  const invoices = Map.groupBy(lines, ({ invoice }) => invoice);
  return [...invoices].flatMap(([invoice, own]) =>
    [...Map.groupBy(own, movementType)]
      .flatMap(([kind, alike]) => inChunks(alike).map((chunk) => ({ kind, chunk })))
      .map(({ kind, chunk }, part) => toMovement(kind, partReference(`INV-${invoice}`, part), chunk, location)),
  );
}

/**
 * Receipts of as much of everything as the whole file takes out, so that the invoices can be posted in any order, several
 * at a time, and none of them ever lacks stock.
 */
export function openingReceipts({ lines, fingerprint }: SalesFile, location: string): ReplayMovement[] {
  const opening = inChunks([...totalOutflow(lines)]);
  return opening.map((chunk, part) => ({
    type: 'receipt',
    reference: partReference(`OPENING-${fingerprint}`, part),
    lines: chunk.map(([sku, quantity]) => ({ item: { sku }, location: { code: location }, quantity })),
  }));
}

/** What must be on hand in the end, by the key of the article: the file's own sum. */
export function expectedLevels({ lines }: SalesFile): Map<string, number> {
  const levels = totalOutflow(lines);
  for (const line of lines) {
    const key = skuKey(line.stockCode);
    levels.set(key, (levels.get(key) ?? 0) + (reducesStock(line) ? -absoluteQuantity(line) : absoluteQuantity(line)));
  }
  return levels;
}

function totalOutflow(lines: SalesLine[]): Map<string, number> {
  const outflow = new Map<string, number>();
  for (const line of lines.filter(reducesStock)) {
    const key = skuKey(line.stockCode);
    outflow.set(key, (outflow.get(key) ?? 0) + absoluteQuantity(line));
  }
  return outflow;
}

function toMovement(type: ReplayType, reference: string, lines: SalesLine[], code: string): ReplayMovement {
  const places = lines.map((line) => ({ line, item: { sku: line.stockCode }, location: { code } }));
  if (type !== 'adjustment') {
    return {
      type,
      reference,
      lines: places.map(({ line, ...place }) => ({ ...place, quantity: absoluteQuantity(line) })),
    };
  }
  const reasonOf = ({ description }: SalesLine) => description.slice(0, 200).trim() || 'write-off';
  return {
    type,
    reference,
    lines: places.map(({ line, ...place }) => ({ ...place, delta: -absoluteQuantity(line), reason: reasonOf(line) })),
  };
}

const partReference = (reference: string, part: number): string =>
  part === 0 ? reference : `${reference}/${part + 1}`;

function inChunks<T>(all: T[]): T[][] {
  const starts = Array.from({ length: Math.ceil(all.length / MAX_LINES) }, (_, n) => n * MAX_LINES);
  return starts.map((start) => all.slice(start, start + MAX_LINES));
}
