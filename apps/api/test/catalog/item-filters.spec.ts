import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const skusOf = ({ body }: { body: { items: { sku: string }[] } }) => body.items.map(({ sku }) => sku);
const list = (query: Record<string, string>) => api.viewer.get(`/items?${new URLSearchParams(query).toString()}`);

describe('the list of items', () => {
  it('filters by what is available, where it is, and whether there is a barcode', async () => {
    const ids: Record<string, string> = {};
    const items = [
      { sku: 'L-LOW', name: 'Low', category: 'Levels', reorderPoint: 5, barcode: 'L-1' },
      { sku: 'L-MUCH', name: 'Much', category: 'Levels', reorderPoint: 5 },
      { sku: 'L-NONE', name: 'None', category: 'Levels' },
      { sku: 'L-HELD', name: 'Held', category: 'Levels', reorderPoint: 1 },
    ];
    for (const item of items) ids[item.sku] = (await api.operator.post('/items', item)).body.id;
    const { body: shelf } = await api.operator.post('/locations', { code: 'LEVELS', name: 'Levels' });
    const line = (sku: string, quantity: number) => ({ item: ids[sku], location: shelf.id, quantity });
    const lines = [line('L-LOW', 5), line('L-MUCH', 6), line('L-HELD', 4)];
    await api.operator.post('/movements', { type: 'receipt', lines });
    await api.operator.post('/reservations', { lines: [line('L-HELD', 4)] });
    const among = async (query: Record<string, string>) => skusOf(await list({ category: 'Levels', ...query }));
    expect(await among({ low: 'true' })).toEqual(['L-HELD', 'L-LOW']);
    expect(await among({ low: 'false' })).toEqual(['L-MUCH', 'L-NONE']);
    expect(await among({ out: 'true' })).toEqual(['L-HELD', 'L-NONE']);
    expect(await among({ out: 'false' })).toEqual(['L-LOW', 'L-MUCH']);
    expect(await among({ locationId: shelf.id })).toEqual(['L-HELD', 'L-LOW', 'L-MUCH']);
    expect(await among({ noBarcode: 'true' })).toEqual(['L-HELD', 'L-MUCH', 'L-NONE']);
    expect(await among({ low: 'true', out: 'true', q: 'held' })).toEqual(['L-HELD']);
    expect((await list({ category: 'Levels', low: 'true', count: 'true' })).body.count).toBe(2);
  });

  it('is sorted by reorder point, on hand, available and last change, on one page and on many', async () => {
    const { body: shelf } = await api.operator.post('/locations', { code: 'SORTED', name: 'Sorted' });
    const stock: [sku: string, reorderPoint: number | null, onHand: number, reserved: number][] = [
      ['S-A', 5, 9, 8], ['S-B', null, 3, 0], ['S-C', 0, 0, 0], ['S-D', 5, 12, 0], ['S-E', 1_000_000_000, 3, 1],
    ]; // prettier-ignore
    for (const [sku, reorderPoint, onHand, reserved] of stock) {
      const { body } = await api.operator.post('/items', { sku, name: sku, reorderPoint, category: 'Sorted' });
      for (const location of [shelf.id, { code: 'MAIN' }]) {
        const line = { item: body.id, location };
        if (onHand > 0)
          await api.operator.post('/movements', { type: 'receipt', lines: [{ ...line, quantity: onHand }] });
        if (reserved > 0) await api.operator.post('/reservations', { lines: [{ ...line, quantity: reserved }] });
      }
    }
    const { items } = (await list({ category: 'Sorted' })).body as { items: { id: string; sku: string }[] };
    await api.operator.patch(`/items/${items.find(({ sku }) => sku === 'S-B')!.id}`, { name: 'Changed' });
    const orders: Record<string, string[]> = {
      reorderPoint: ['S-B', 'S-C', 'S-A', 'S-D', 'S-E'],
      onHand: ['S-C', 'S-B', 'S-E', 'S-A', 'S-D'],
      available: ['S-C', 'S-A', 'S-E', 'S-B', 'S-D'],
      updatedAt: ['S-A', 'S-C', 'S-D', 'S-E', 'S-B'],
    };
    for (const [field, order] of Object.entries(orders))
      for (const [sort, skus] of [
        [field, order],
        [`-${field}`, order.toReversed()],
      ] as const)
        // prettier-ignore
        for (const limit of ['1', '2', '200']) {
          const seen: string[] = [];
          for (let cursor: string | null = ''; cursor !== null;) {
            const page = await list({ category: 'Sorted', sort, limit, ...(cursor && { cursor }) });
            seen.push(...skusOf(page));
            cursor = page.body.nextCursor as string | null;
          }
          expect([sort, limit, seen]).toEqual([sort, limit, skus]);
        }
  });

  it('shows what was changed since a time, its own fields and not its stock', async () => {
    const { body: item } = await api.operator.post('/items', { sku: 'U-1', name: 'One', category: 'Since' });
    const { body: other } = await api.operator.post('/items', { sku: 'U-2', name: 'Two', category: 'Since' });
    const since = async (updatedSince: string) => skusOf(await list({ category: 'Since', updatedSince }));
    expect(await since(item.updatedAt)).toEqual(['U-1', 'U-2']);
    const { body: changed } = await api.operator.patch(`/items/${item.id}`, { name: 'Changed' });
    await api.operator.post('/movements', { type: 'receipt', lines: [{ item: other.id, location: { code: 'MAIN' }, quantity: 1 }] }); // prettier-ignore
    expect(await since(changed.updatedAt)).toEqual(['U-1']);
    expect((await list({ updatedSince: 'yesterday' })).status).toBe(400);
  });
});

describe('an export takes the filters of its list:', () => {
  const rowsOf = async (path: string) => ((await api.viewer.get(path)).body as string).trimEnd().split('\n').slice(1);

  it.each([
    'category=Levels',
    'low=true',
    'low=false',
    'out=true',
    'noBarcode=false',
    'noCost=true',
    'barcode=L-1',
    'sku=l-low',
    'archived=true',
    'updatedSince=2200-01-01T00:00:00Z',
  ])('items with %s', async (query) => {
    const skus = (await rowsOf(`/exports/items.csv?${query}`)).map((row) => row.split(',')[0]);
    expect(skus).toEqual(skusOf(await api.viewer.get(`/items?limit=200&${query}`)));
  });

  it('stock and movements of an item, and of a location', async () => {
    const [item] = (await list({ sku: 'L-LOW' })).body.items as { id: string }[];
    const [shelf] = (await api.viewer.get('/locations?code=LEVELS')).body.items as { id: string }[];
    expect((await rowsOf(`/exports/stock.csv?itemId=${item!.id}`)).map((row) => row.split(',').slice(0, 2))).toEqual([['L-LOW', 'LEVELS']]); // prettier-ignore
    expect((await rowsOf(`/exports/stock.csv?locationId=${shelf!.id}&low=true`)).map((row) => row.split(',')[0])).toEqual(['L-HELD', 'L-LOW']); // prettier-ignore
    expect(await rowsOf(`/exports/movements.csv?itemId=${item!.id}&type=receipt`)).toHaveLength(3);
    expect(await rowsOf(`/exports/movements.csv?itemId=${item!.id}&type=issue`)).toEqual([]);
    expect((await api.viewer.get('/exports/items.csv?limit=1')).status).toBe(400);
  });
});

describe('suggestions for the fields of an item', () => {
  it('are its categories, units and attribute names, the most frequent first, without those of archived items', async () => {
    const other = await startApi();
    expect((await other.viewer.get('/items/facets')).body).toEqual({ categories: [], units: [], attributes: [] });
    const items = [
      { sku: 'F-1', category: 'B', unit: 'box', attributes: { size: 'L', colour: 'blue' } },
      { sku: 'F-2', category: 'B', attributes: { colour: 'red' } },
      { sku: 'F-3', category: 'A' },
      { sku: 'F-4', category: 'Gone', unit: 'gone', attributes: { gone: '1' } },
    ];
    let last = '';
    for (const item of items) last = (await other.operator.post('/items', { name: 'Thing', ...item })).body.id;
    await other.operator.delete(`/items/${last}`);
    expect((await other.viewer.get('/items/facets')).body).toEqual({
      categories: [{ value: 'B', count: 2 }, { value: 'A', count: 1 }],
      units: [{ value: 'each', count: 2 }, { value: 'box', count: 1 }],
      attributes: [{ value: 'colour', count: 2 }, { value: 'size', count: 1 }],
    }); // prettier-ignore
    await other.close();
  });
});
