import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { replay } from '../replay.ts';
import { INVOICES, ITEMS, LEFT, MOVEMENTS, SALES, salesFile } from './shop.ts';

let api: TestApi;
let sales: ReturnType<typeof salesFile>;
beforeAll(() => {
  sales = salesFile();
});
afterAll(() => sales.remove());
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

const run = (location = 'RETAIL') =>
  replay({
    file: sales.file,
    url: api.url,
    credentials: { apiKey: api.operator.token! },
    concurrency: 4,
    location,
    progress: () => undefined,
  });

const figures = { lines: SALES, invoices: INVOICES, items: ITEMS, movements: MOVEMENTS, levels: ITEMS, differences: [], seconds: expect.any(Number) }; // prettier-ignore

/** All that a second run could change. */
const everything = async () => {
  const [items, stock, movements] = await Promise.all(['/items', '/stock', '/movements'].map((path) => api.viewer.get(`${path}?limit=200`))); // prettier-ignore
  return [items!.body, stock!.body, movements!.body];
};

describe('replaying a file of sales', () => {
  it('books every invoice, and leaves of each article what the file says', async () => {
    expect(await run()).toEqual({ ...figures, posted: MOVEMENTS, replayed: 0, recognised: 0 });
    const { body } = await api.viewer.get('/stock?limit=200');
    const levels = body.items.map(({ item, location, onHand }: any) => [item.sku, location.code, onHand]);
    expect(levels.sort()).toEqual(Object.entries(LEFT).map(([sku, left]) => [sku, 'RETAIL', left]).sort()); // prettier-ignore
  });

  it('names an article as most lines do, with the median of its prices', async () => {
    await run();
    const { body } = await api.viewer.get('/items?limit=200');
    const known = body.items.map(({ sku, name, unitCost }: any) => [sku, name, unitCost]);
    expect(known).toEqual(
      expect.arrayContaining([
        ['85A', 'JUG, "OLD ROSE"', 275],
        ['gift_40', 'Gift voucher £40.00', 3404],
        ['STAMP', 'Café stamp', 42],
        ['9001', '9001', null],
      ]),
    );
  });

  it('books sales as issues, cancellations as receipts and write-offs as adjustments with a reason', async () => {
    await run();
    const booked = async (reference: string) =>
      (await api.viewer.get(`/movements?reference=${encodeURIComponent(reference)}`)).body.items.map(
        ({ type, lineCount, lines }: any) => [type, lineCount, lines[0].delta, lines[0].reason],
      );
    expect(await booked('INV-700001')).toEqual([['issue', 3, -6, null]]);
    expect(await booked('INV-C700002')).toEqual([['receipt', 1, 5, null]]);
    expect(await booked('INV-700003')).toEqual([['adjustment', 1, -3, 'cracked']]);
    expect(await booked('INV-700004')).toEqual([['adjustment', 1, -20, 'write-off']]);
    expect(await booked('INV-700008')).toEqual([['issue', 1, -1, null]]);
    expect(await booked('INV-700008/2')).toEqual([['adjustment', 1, -1, 'lost']]);
    expect(await booked('INV-700009')).toEqual([['issue', 500, -1, null]]);
    expect(await booked('INV-700009/3')).toEqual([['issue', 100, expect.any(Number), null]]);
  });

  it('changes nothing the second time, nor when the idempotency keys are forgotten', async () => {
    await run();
    const before = await everything();
    expect(await run()).toEqual({ ...figures, posted: 0, replayed: 0, recognised: MOVEMENTS });
    await api.database.query(sql`DELETE FROM idempotency_key`);
    expect(await run()).toEqual({ ...figures, posted: 0, replayed: 0, recognised: MOVEMENTS });
    expect(await everything()).toEqual(before);
  });

  it('keeps one location apart from another', async () => {
    await run();
    expect(await run('OTHER')).toEqual({ ...figures, posted: MOVEMENTS, replayed: 0, recognised: 0 });
  });

  it('names every level that is not what the file says', async () => {
    await run();
    await api.operator.post('/movements', {
      type: 'count',
      lines: [{ item: { sku: '85A' }, location: { code: 'RETAIL' }, counted: 6 }],
    });
    await api.operator.post('/items', { sku: 'EXTRA', name: 'Not in the file' });
    await api.operator.post('/movements', {
      type: 'receipt',
      lines: [{ item: { sku: 'EXTRA' }, location: { code: 'RETAIL' }, quantity: 1 }],
    });
    expect((await run()).differences).toEqual([
      { sku: '85a', expected: 5, onHand: 6 },
      { sku: 'extra', expected: 0, onHand: 1 },
    ]);
  });
});
