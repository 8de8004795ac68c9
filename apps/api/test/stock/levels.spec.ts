import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';

let api: TestApi;
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await startApi();
  ids.SHOP = (await api.operator.post('/locations', { code: 'SHOP', name: 'Shop' })).body.id;
  for (const [sku, reorderPoint] of [['B-2', 5], ['A-1', 5], ['C-3', null]] as const) {
    ids[sku] = (await api.operator.post('/items', { sku, name: `Item ${sku}`, reorderPoint })).body.id;
  } // prettier-ignore
  const line = (sku: string, code: string, quantity: number) => ({ item: { sku }, location: { code }, quantity });
  await api.operator.post('/movements', {
    type: 'receipt',
    lines: [line('A-1', 'MAIN', 4), line('A-1', 'SHOP', 1), line('B-2', 'MAIN', 6), line('C-3', 'SHOP', 1)],
  });
});
afterAll(() => api.close());

const rows = async (query: string): Promise<string[]> =>
  (await api.viewer.get(`/stock?${query}`)).body.items.map(
    ({ item, location, onHand }: { item: { sku: string }; location: { code: string }; onHand: number }) =>
      `${item.sku} ${location.code} ${onHand}`,
  );

describe('stock levels', () => {
  it('say what is where', async () => {
    const { status, body } = await api.viewer.get(`/stock?itemId=${ids['B-2']}`);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        items: [
          {
            item: { id: ids['B-2'], sku: 'B-2', name: 'Item B-2' },
            location: { id: expect.any(String), code: 'MAIN' },
            onHand: 6,
            reserved: 0,
            available: 6,
            updatedAt: expect.any(String),
          },
        ],
        nextCursor: null,
      },
    });
  });

  it('are listed by SKU, and filtered by item and location', async () => {
    expect((await rows('')).map((row) => row.slice(0, 3))).toEqual(['A-1', 'A-1', 'B-2', 'C-3']);
    expect((await rows('sort=-sku')).map((row) => row.slice(0, 3))).toEqual(['C-3', 'B-2', 'A-1', 'A-1']);
    expect(await rows(`locationId=${ids.SHOP}`)).toEqual(['A-1 SHOP 1', 'C-3 SHOP 1']);
    expect(await rows(`itemId=${ids['A-1']}&locationId=${ids.SHOP}`)).toEqual(['A-1 SHOP 1']);
  });

  it('are low where the available total of the item, reservations taken off, is at or below its reorder point', async () => {
    const low = async () => (await rows('low=true')).map((row) => row.slice(0, 3));
    expect(await low()).toEqual(['A-1', 'A-1']);
    expect((await rows('low=false')).map((row) => row.slice(0, 3))).toEqual(['B-2', 'C-3']);
    const { body } = await api.operator.post('/reservations', {
      lines: [{ item: { sku: 'B-2' }, location: { code: 'MAIN' }, quantity: 1 }],
    });
    expect(await low()).toEqual(['A-1', 'A-1', 'B-2']);
    await api.operator.post(`/reservations/${body.id}/release`);
    expect(await low()).toEqual(['A-1', 'A-1']);
  });

  it('page through all levels, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: { body: any } = await api.viewer.get(`/stock?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ item, location }: any) => `${item.sku} ${location.code}`));
      cursor = body.nextCursor;
    }
    expect(seen.sort()).toEqual(['A-1 MAIN', 'A-1 SHOP', 'B-2 MAIN', 'C-3 SHOP']);
  });
});
