import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TRIMMED } from '#contracts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { load } from './support.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Characters that CSV, JSON, SQL and Unicode each make something of. */
const character = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'aZ09 ",;\t\'\\{}=+-@|') },
  { weight: 1, arbitrary: fc.constantFrom('é', 'ß', 'İ', '漢', '😀', '\ufeff', '\u2028', '\u200d') },
);
const text = (maxLength: number, unit = character) => fc.string({ unit, maxLength });
/** A visible character, no white space at the ends, no control characters. */
const trimmed = (maxLength: number) =>
  text(maxLength)
    .map((value) => value.replaceAll('\t', ' ').trim())
    .filter((value) => value !== '' && TRIMMED.test(value));
const lines = text(40, fc.oneof({ weight: 5, arbitrary: character }, fc.constantFrom('\n', '\r\n', '\r')));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const fields = fc.record({
  name: trimmed(60),
  description: lines,
  category: maybe(trimmed(30)),
  unit: maybe(trimmed(10)),
  unitCost: maybe(fc.integer({ min: 0, max: 1_000_000_000_000 })),
  reorderPoint: maybe(fc.integer({ min: 0, max: 1_000_000_000 })),
  quantity: maybe(fc.integer({ min: 0, max: 1_000_000_000 })),
  'a "key", too': lines,
});
/** What the API adds to the fields of an item. */
const DEFAULTS = {
  id: expect.any(String), barcode: null, barcodes: [], photo: null, archivedAt: null, version: 1, createdAt: expect.any(String), updatedAt: expect.any(String),
  updatedBy: { id: expect.any(String), kind: 'user', name: 'Test operator' }, reserved: 0,
}; // prettier-ignore
type Fields = Record<string, string | number | null>;

/** How a file may be written without meaning anything else. */
const style = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  bom: fc.boolean(),
  lastLineEnds: fc.boolean(),
  quoteAll: fc.boolean(),
  /** Read round and round, one for each row. */
  lineEnds: fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 1, maxLength: 3 }),
  emptyLines: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

/** Minor units as people write them. */
const amountOf = (cents: number | null) => (cents === null ? null : (cents / 100).toFixed(2));

function write(table: Fields[], how: Style): string {
  const cell = (value: string | number | null) => {
    const plain = String(value ?? '');
    const mustQuote = how.quoteAll || plain.startsWith('"') || plain.includes(how.delimiter) || /[\r\n]/.test(plain);
    return mustQuote ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const rows = [
    Object.keys(table[0]!),
    ...table.map((row) => Object.values({ ...row, unitCost: amountOf(row.unitCost as number | null) })),
  ];
  const written = rows.map((row, n) => {
    const end = how.lineEnds[n % how.lineEnds.length]!;
    return (
      row.map(cell).join(how.delimiter) +
      (n === rows.length - 1 && !how.lastLineEnds ? '' : end + (how.emptyLines ? end : ''))
    );
  });
  return (how.bom ? '\ufeff' : '') + written.join('');
}

describe('an import', () => {
  it('stores the values of any table, however its file is written', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 12 }), style, async (rows, how) => {
        run++;
        const table = rows.map((row, n) => ({ sku: `P-${run}-${String(n).padStart(2, '0')}`, ...row }));
        expect(pick(await load(api.operator, write(table, how)), 'state', 'created', 'failed')).toEqual({
          state: 'done',
          created: rows.length,
          failed: 0,
        });
        const { items } = (await api.viewer.get(`/items?q=P-${run}&limit=200`)).body;
        const stored = items.filter(({ sku }: { sku: string }) => sku.startsWith(`P-${run}-`)).sort(bySku);
        expect(stored).toEqual(
          table.map(({ quantity, 'a "key", too': attribute, unit, ...row }) => ({
            ...DEFAULTS,
            ...row,
            unit: unit ?? 'each',
            onHand: quantity ?? 0,
            available: quantity ?? 0,
            attributes: attribute === '' ? {} : { 'a "key", too': attribute },
          })),
        );
      }),
      { numRuns: 60 },
    );
  });
});

const bySku = (a: { sku: string }, b: { sku: string }) => (a.sku < b.sku ? -1 : 1);
