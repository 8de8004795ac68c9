import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';

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
});
