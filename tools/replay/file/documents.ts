import type { MovementInput } from '#contracts';
import { keyOf } from './articles.ts';
import type { SalesFile, SalesLine } from './sales-file.ts';

/** A movement to post; its reference is found again in the ledger by a later run. */
export type Document = MovementInput & { reference: string };

/** The contract's limit. */
const MAX_LINES = 500;

type Kind = 'issue' | 'receipt' | 'adjustment';

/** A sale takes stock away, a cancellation brings it back, a negative quantity of any other invoice writes it off. */
const kindOf = ({ invoice, quantity }: SalesLine): Kind =>
  /^c/i.test(invoice) ? 'receipt' : quantity > 0 ? 'issue' : 'adjustment';

const amountOf = ({ quantity }: SalesLine): number => Math.abs(quantity);
const goesOut = (line: SalesLine): boolean => kindOf(line) !== 'receipt';

/**
 * Each invoice as one movement, in the file's order. One that mixes kinds, or has more than 500 lines, becomes several:
 * `INV-1`, `INV-1/2`, `INV-1/3`, …, kind by kind and 500 lines at a time.
 */
export function documentsOf({ lines }: SalesFile, location: string): Document[] {
  const invoices = Map.groupBy(lines, ({ invoice }) => invoice);
  return [...invoices].flatMap(([invoice, own]) =>
    [...Map.groupBy(own, kindOf)]
      .flatMap(([kind, alike]) => inChunks(alike).map((chunk) => ({ kind, chunk })))
      .map(({ kind, chunk }, part) => documentOf(kind, numbered(`INV-${invoice}`, part), chunk, location)),
  );
}

/**
 * Receipts of as much of everything as the whole file takes out, so that the invoices can be posted in any order, several
 * at a time, and none of them ever lacks stock.
 */
export function openingOf({ lines, fingerprint }: SalesFile, location: string): Document[] {
  const opening = inChunks([...outflowOf(lines)]);
  return opening.map((chunk, part) => ({
    type: 'receipt',
    reference: numbered(`OPENING-${fingerprint}`, part),
    lines: chunk.map(([sku, quantity]) => ({ item: { sku }, location: { code: location }, quantity })),
  }));
}

/** What must be on hand in the end, by the key of the article: the file's own sum. */
export function expectedLevels({ lines }: SalesFile): Map<string, number> {
  const levels = outflowOf(lines);
  for (const line of lines) {
    const key = keyOf(line.stockCode);
    levels.set(key, (levels.get(key) ?? 0) + (goesOut(line) ? -amountOf(line) : amountOf(line)));
  }
  return levels;
}

function outflowOf(lines: SalesLine[]): Map<string, number> {
  const outflow = new Map<string, number>();
  for (const line of lines.filter(goesOut)) {
    const key = keyOf(line.stockCode);
    outflow.set(key, (outflow.get(key) ?? 0) + amountOf(line));
  }
  return outflow;
}

function documentOf(type: Kind, reference: string, lines: SalesLine[], code: string): Document {
  const places = lines.map((line) => ({ line, item: { sku: line.stockCode }, location: { code } }));
  if (type !== 'adjustment') {
    return { type, reference, lines: places.map(({ line, ...place }) => ({ ...place, quantity: amountOf(line) })) };
  }
  const reasonOf = ({ description }: SalesLine) => description.slice(0, 200).trim() || 'write-off';
  return {
    type,
    reference,
    lines: places.map(({ line, ...place }) => ({ ...place, delta: -amountOf(line), reason: reasonOf(line) })),
  };
}

const numbered = (reference: string, part: number): string => (part === 0 ? reference : `${reference}/${part + 1}`);

function inChunks<T>(all: T[]): T[][] {
  const starts = Array.from({ length: Math.ceil(all.length / MAX_LINES) }, (_, n) => n * MAX_LINES);
  return starts.map((start) => all.slice(start, start + MAX_LINES));
}
