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
});
