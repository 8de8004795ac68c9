import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { itemSorts } from '#contracts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { problem } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  for (const [sku, name, category, barcode] of items)
    await api.operator.post('/items', { sku, name, category, barcode });
  const { body } = await api.viewer.get('/items?sku=gone');
  await api.operator.delete(`/items/${body.items[0].id}`);
});
afterAll(() => api.close());

/** In the order in which they are made. Two share a name; case and accents stand where code points put them. */
const items: [sku: string, name: string, category?: string, barcode?: string][] = [
  ['b-2', 'Bowl', 'Kitchen', '2000000000107'],
  ['A-1', 'cup', 'Kitchen'],
  ['C/3', 'Cup', 'Office', '2000000000114'],
  ['Ä-4', 'Étagère'],
  ['d-5', 'apron', 'Kitchen'],
  ['GONE', 'Gone', 'Kitchen', '2000000000121'],
];
const ORDERS: Record<(typeof itemSorts)[number], string[]> = {
  sku: ['A-1', 'b-2', 'C/3', 'd-5', 'Ä-4'],
  '-sku': ['Ä-4', 'd-5', 'C/3', 'b-2', 'A-1'],
  name: ['d-5', 'b-2', 'A-1', 'C/3', 'Ä-4'],
  '-name': ['Ä-4', 'C/3', 'A-1', 'b-2', 'd-5'],
  createdAt: ['b-2', 'A-1', 'C/3', 'Ä-4', 'd-5'],
  '-createdAt': ['d-5', 'Ä-4', 'C/3', 'A-1', 'b-2'],
  updatedAt: ['b-2', 'A-1', 'C/3', 'Ä-4', 'd-5'],
  '-updatedAt': ['d-5', 'Ä-4', 'C/3', 'A-1', 'b-2'],
  // None has any of these: then the SKU decides.
  ...bySku('reorderPoint'),
  ...bySku('onHand'),
  ...bySku('available'),
};

function bySku<Field extends string>(field: Field) {
  const skus = ['A-1', 'b-2', 'C/3', 'd-5', 'Ä-4'];
  return { [field]: skus, [`-${field}`]: skus.toReversed() } as Record<Field | `-${Field}`, string[]>;
}

const skusOf = ({ body }: { body: { items: { sku: string }[] } }) => body.items.map(({ sku }) => sku);
const list = (query: Record<string, string>) => api.viewer.get(`/items?${new URLSearchParams(query).toString()}`);

async function pages(query: Record<string, string>, between?: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await list({ ...query, ...(cursor && { cursor }) });
    seen.push(...skusOf(page));
    cursor = page.body.nextCursor as string | null;
    await between?.();
  }
  return seen;
}

describe('the list of items', () => {
  it.each(itemSorts)('is sorted by %s, on one page and on many', async (sort) => {
    expect(skusOf(await list({ sort }))).toEqual(ORDERS[sort]);
    for (const limit of ['1', '2', '5']) expect(await pages({ sort, limit })).toEqual(ORDERS[sort]);
  });

  it('is sorted by SKU where nothing is said', async () => {
    const { status, body } = await list({});
    expect({ status, skus: skusOf({ body }), nextCursor: body.nextCursor }).toEqual({
      status: 200,
      skus: ORDERS.sku,
      nextCursor: null,
    });
  });

  it('filters by whether there is a unit cost', async () => {
    const [item] = (await list({ sku: 'b-2' })).body.items;
    await api.operator.patch(`/items/${item.id}`, { unitCost: 0 });
    expect(skusOf(await list({ noCost: 'true' }))).toEqual(ORDERS.sku.filter((sku) => sku !== 'b-2'));
    expect(skusOf(await list({ noCost: 'false' }))).toEqual(['b-2']);
    expect((await list({ noCost: 'true', count: 'true' })).body.count).toBe(4);
    expect((await list({ noCost: 'perhaps' })).status).toBe(400);
  });

  it('filters', async () => {
    expect(skusOf(await list({ sku: 'c/3' }))).toEqual(['C/3']);
    expect(skusOf(await list({ sku: 'ä-4' }))).toEqual(['Ä-4']);
    expect(skusOf(await list({ sku: 'c' }))).toEqual([]);
    expect(skusOf(await list({ barcode: '2000000000107' }))).toEqual(['b-2']);
    expect(skusOf(await list({ barcode: '200000000010' }))).toEqual([]);
    expect(skusOf(await list({ category: 'Kitchen' }))).toEqual(['A-1', 'b-2', 'd-5']);
    expect(skusOf(await list({ category: 'Kitchen', barcode: '2000000000114' }))).toEqual([]);
    expect(skusOf(await list({ archived: 'true' }))).toEqual(['GONE']);
    expect(skusOf(await list({ archived: 'false', category: 'Office' }))).toEqual(['C/3']);
    expect(skusOf(await list({ sku: 'gone' }))).toEqual([]);
  });

  it('counts where it is asked to', async () => {
    expect(
      pick((await list({ count: 'true', category: 'Kitchen', limit: '1' })).body, 'count', 'countIsCapped'),
    ).toEqual({
      count: 3,
      countIsCapped: false,
    });
    expect((await list({ limit: '1' })).body).toEqual({
      items: [expect.anything()],
      nextCursor: expect.any(String),
    });
  });

  it('shows what was there all along exactly once while others come and go', async () => {
    let n = 0;
    const comeAndGo = async () => {
      const before = await api.operator.post('/items', { sku: `0-new-${n}`, name: '0' });
      await api.operator.post('/items', { sku: `zz-new-${n++}`, name: 'zz', category: 'Late' });
      await api.operator.delete(`/items/${before.body.id}`);
    };
    const seen = await pages({ limit: '2' }, () => (n < 3 ? comeAndGo() : Promise.resolve()));
    expect(n).toBe(3);
    expect(seen.filter((sku) => !sku.includes('new'))).toEqual(ORDERS.sku);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([
    ['nonsense', 'nonsense'],
    ['another type of key', Buffer.from('["sku",7]').toString('base64url')],
    ['too few keys', Buffer.from('["name","cup"]').toString('base64url')],
    ['another list', Buffer.from('["code","MAIN"]').toString('base64url')],
    ['a null byte', Buffer.from('["sku","a\\u0000"]').toString('base64url')],
    ['a lone surrogate', Buffer.from('["sku","\\ud800"]').toString('base64url')],
  ])('refuses a cursor with %s', async (_, cursor) => {
    expect(await list({ cursor })).toEqual(
      problem('invalid-parameters', {
        detail: 'The cursor is not one that this list gave for this order.',
        errors: [{ pointer: '/cursor', detail: 'must be nextCursor of a page of the same list in the same order' }],
      }),
    );
  });

  it('refuses the cursor of another order', async () => {
    const { body } = await list({ limit: '1', sort: 'sku' });
    for (const sort of ['-sku', 'name', 'createdAt'])
      expect(await list({ sort, cursor: body.nextCursor })).toEqual(
        problem('invalid-parameters', {
          detail: 'The cursor is not one that this list gave for this order.',
          errors: [{ pointer: '/cursor', detail: 'must be nextCursor of a page of the same list in the same order' }],
        }),
      );
    expect((await list({ q: 'cup', cursor: body.nextCursor })).status).toBe(400);
  });

  it.each([
    ['limit', '0'],
    ['limit', '201'],
    ['limit', '1.5'],
    ['sort', 'price'],
    ['archived', 'yes'],
    ['count', '1'],
    ['colour', 'blue'],
    ['q', ''],
  ])('refuses %s=%s', async (name, value) => {
    expect(await list({ [name]: value })).toEqual(
      problem('invalid-parameters', {
        errors: expect.arrayContaining([expect.objectContaining({ pointer: `/${name}` })]),
      }),
    );
  });
});

it('has pages of at most a mebibyte, or of one row, and all rows on them', async () => {
  const other = await startApi();
  const attributes = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`key ${n}`, 'ﷺ'.repeat(1_000)]));
  await other.database.query(sql`
    INSERT INTO item (sku, name, attributes)
    SELECT 'WIDE-' || lpad(n::text, 2, '0'), 'Wide', ${JSON.stringify(attributes)}::jsonb FROM generate_series(1, 20) n`);
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { body } = await other.viewer.get(`/items?limit=200${cursor ? `&cursor=${cursor}` : ''}`);
    expect(Buffer.byteLength(JSON.stringify(body.items))).toBeLessThanOrEqual(1024 * 1024 + body.items.length + 1);
    expect(body.items.length).toBeGreaterThan(0);
    seen.push(...skusOf({ body }));
    cursor = body.nextCursor as string | null;
  }
  expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => `WIDE-${String(n + 1).padStart(2, '0')}`));
  await other.close();
});
