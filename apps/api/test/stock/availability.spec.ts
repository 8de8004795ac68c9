import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';

let api: TestApi;
const id: Record<string, string> = {};
beforeAll(async () => {
  api = await startApi();
  for (const code of ['SHOP', 'VAN']) id[code] = (await api.operator.post('/locations', { code, name: code })).body.id;
  for (const sku of ['MUG', 'CUP', 'NONE', 'Straße'])
    id[sku] = (await api.operator.post('/items', { sku, name: `The ${sku}` })).body.id;
  const line = (sku: string, code: string, quantity: number) => ({ item: { sku }, location: { code }, quantity });
  const lines = [line('MUG', 'MAIN', 10), line('MUG', 'SHOP', 4), line('CUP', 'VAN', 7)];
  await api.operator.post('/movements', { type: 'receipt', lines });
  await api.operator.post('/reservations', { lines: [line('MUG', 'MAIN', 3), line('MUG', 'SHOP', 1)] });
  const { body: over } = await api.operator.post('/reservations', { lines: [line('MUG', 'SHOP', 2)] });
  await api.database.query(sql`UPDATE reservation SET expires_at = now() - interval '1 s' WHERE id = ${over.id}`);
});
afterAll(() => api.close());

const ask = (items: unknown[], locations?: unknown[]) => api.viewer.post('/availability', { items, locations });
const entry = (sku: string, onHand: number, reserved: number) => ({
  item: { id: id[sku], sku, name: `The ${sku}` }, onHand, reserved, available: onHand - reserved,
}); // prettier-ignore

describe('what is available of many items', () => {
  it('is in the order of the request, over all locations, without holds whose time is over', async () => {
    const { status, body } = await ask([{ sku: 'cup' }, id.MUG, { sku: 'STRASSE' }, { sku: 'MUG' }, id.NONE]);
    expect({ status, items: body.items }).toEqual({
      status: 200,
      items: [entry('CUP', 7, 0), entry('MUG', 14, 4), entry('Straße', 0, 0), entry('MUG', 14, 4), entry('NONE', 0, 0)],
    });
  });

  it('is that at the locations that are named', async () => {
    expect((await ask([id.MUG, id.CUP], [{ code: 'shop' }])).body.items).toEqual([
      entry('MUG', 4, 1),
      entry('CUP', 0, 0),
    ]);
    expect((await ask([id.MUG, id.CUP], [id.SHOP, id.VAN, { code: 'SHOP' }])).body.items).toEqual([entry('MUG', 4, 1), entry('CUP', 7, 0)]); // prettier-ignore
  });

  it('is nothing of an item that does not exist; a location that does not exist is refused', async () => {
    const none = { item: null, onHand: 0, reserved: 0, available: 0 };
    expect((await ask([{ sku: 'UNKNOWN' }, '0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4'])).body.items).toEqual([none, none]);
    const refused = await ask([id.MUG], [{ code: 'MAIN' }, { code: 'NOWHERE' }]);
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [{ pointer: '/locations/1', detail: 'there is no such location' }],
    ]);
  });

  it('is given for 500 items at once, and no more', async () => {
    expect((await ask(Array(500).fill(id.MUG))).body.items).toHaveLength(500);
    for (const items of [Array(501).fill(id.MUG), [], [7], ['x'], [{ sku: 'A', id: 'B' }], [null], 'MUG', undefined])
      expect((await api.viewer.post('/availability', { items })).status).toBe(422);
    for (const locations of [[], [7], Array(101).fill({ code: 'MAIN' }), null])
      expect((await api.viewer.post('/availability', { items: [id.MUG], locations })).status).toBe(422);
  });
});
