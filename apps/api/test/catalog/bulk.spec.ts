import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const add = async (sku: string) => (await api.operator.post('/items', { sku, name: sku })).body as { id: string };

describe('changes of several items', () => {
  it('are made or refused one by one, and the answer says which', async () => {
    const [changed, stale, stocked, archived] = await Promise.all([add('B-1'), add('B-2'), add('B-3'), add('B-4')]);
    await api.operator.patch(`/items/${stale.id}`, { name: 'The resource was changed meanwhile' });
    const lines = [{ item: stocked.id, location: { code: 'MAIN' }, quantity: 1 }];
    await api.operator.post('/movements', { type: 'receipt', lines });
    const missing = '01900000-0000-7000-8000-000000000000';
    const { status, body } = await api.operator.patch('/items', {
      items: [
        { id: changed.id, version: 1, category: 'Kitchen', reorderPoint: 3 },
        { id: stale.id, version: 1, category: 'Kitchen' },
        { id: stocked.id, archived: true },
        { id: archived.id, archived: true },
        { id: missing, category: 'Kitchen' },
        { id: changed.id, archived: true, category: 'Office' },
      ],
    });
    expect(status).toBe(200);
    expect(body.items).toEqual([
      { id: changed.id, item: expect.objectContaining({ category: 'Kitchen', reorderPoint: 3, version: 2 }), reason: null },
      { id: stale.id, item: null, reason: 'It is at version 2 now. Read it again, then decide.' },
      { id: stocked.id, item: null, reason: expect.stringContaining('stock') },
      { id: archived.id, item: expect.objectContaining({ archivedAt: expect.any(String) }), reason: null },
      { id: missing, item: null, reason: `There is no item ${missing}.` },
      { id: changed.id, item: null, reason: 'archived: true goes without other fields: archive the item on its own.' },
    ]); // prettier-ignore
    const restored = await api.operator.patch('/items', { items: [{ id: archived.id, archived: false }] });
    expect(restored.body.items).toEqual([
      { id: archived.id, item: { ...archived, version: 3, updatedAt: expect.any(String) }, reason: null },
    ]);
  });

  it('are refused as a whole where the list is empty, too long, or names what only one item can have', async () => {
    const { id } = await add('B-5');
    const many = Array.from({ length: 501 }, () => ({ id, category: 'Kitchen' }));
    for (const items of [[], many, [{ id, sku: 'B-6' }], [{ category: 'Kitchen' }]])
      expect((await api.operator.patch('/items', { items })).status).toBe(422);
    expect((await api.viewer.patch('/items', { items: [{ id }] })).status).toBe(403);
    expect((await api.viewer.get(`/items/${id}`)).body.version).toBe(1);
  });

  it('are made together or not at all with atomic, and the refusals are named', async () => {
    const [one, two, stocked] = await Promise.all([add('AT-1'), add('AT-2'), add('AT-3')]);
    const lines = [{ item: stocked.id, location: { code: 'MAIN' }, quantity: 1 }];
    await api.operator.post('/movements', { type: 'receipt', lines });
    const change = (id: string, more: object = { category: 'Together' }) => ({ id, version: 1, ...more });
    const refused = [change(one.id), change(stocked.id, { archived: true }), { ...change(two.id), version: 7 }];
    const { status, body } = await api.operator.patch('/items', { atomic: true, items: refused });
    expect([status, body.type, body.errors]).toEqual([
      409,
      '/api/problems/conflict',
      [
        { pointer: '/items/1', detail: expect.stringContaining('stock') },
        { pointer: '/items/2', detail: 'It is at version 1 now. Read it again, then decide.' },
      ],
    ]);
    expect((await api.viewer.get('/items?category=Together')).body.items).toEqual([]);
    const made = await api.operator.patch('/items', { atomic: true, items: [change(two.id), change(one.id)] });
    expect(made.body.items.map(({ item }: any) => [item.sku, item.version])).toEqual([['AT-2', 2], ['AT-1', 2]]); // prettier-ignore
    // The same item twice: the second change is made to what the first one left.
    const twice = {
      atomic: true,
      items: [
        { id: one.id, category: 'A' },
        { id: one.id, category: 'B' },
      ],
    };
    const { items } = (await api.operator.patch('/items', twice)).body;
    expect(pick(items[1].item, 'category', 'version')).toEqual({ category: 'B', version: 4 });
  });

  it('of two requests that name the same items the other way round end both', async () => {
    const items = await Promise.all(Array.from({ length: 20 }, (_, n) => add(`DL-${n}`)));
    const change = (category: string, all: { id: string }[]) =>
      api.operator.patch('/items', { atomic: true, items: all.map(({ id }) => ({ id, category })) });
    const replies = await Promise.all([0, 1, 2, 3].map((n) => change(`C-${n}`, n % 2 ? items : items.toReversed())));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});
