import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from './support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const UUID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/) as unknown;
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/) as unknown;

describe('items', () => {
  it('adds an item and answers with the whole of it', async () => {
    const { status, headers, body } = await api.operator.post('/items', {
      sku: 'MUG-01',
      name: 'Mug, blue',
      unitCost: 450,
      attributes: { colour: 'blue' },
    });
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        id: UUID, sku: 'MUG-01', name: 'Mug, blue', description: '', barcode: null, category: null, unit: 'each', unitCost: 450,
        reorderPoint: null, attributes: { colour: 'blue' }, archivedAt: null, version: 1, createdAt: TIME, updatedAt: TIME,
        onHand: 0, reserved: 0, available: 0,
      },
    }); // prettier-ignore
    expect(headers).toMatchObject({ etag: '"1.0.0"', location: `/api/v1/items/${body.id}` });
    expect(await api.viewer.get(`/items/${body.id}`)).toMatchObject({ status: 200, body });
    expect(await api.viewer.get(`/items/${body.id}`, { 'if-none-match': headers.etag! })).toMatchObject({
      status: 304,
      body: '',
    });
  });

  it('refuses a SKU that differs from another one only in case', async () => {
    await api.operator.post('/items', { sku: 'Case-1', name: 'First' });
    expect(await api.operator.post('/items', { sku: 'CASE-1', name: 'Second' })).toMatchObject({
      status: 409,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
      body: { type: '/api/problems/conflict', errors: [{ pointer: '/sku', detail: 'is taken' }] },
    });
  });

  it('names every field that is wrong', async () => {
    const { status, body } = await api.operator.post('/items', { sku: ' x', colour: 'red', unitCost: 1.5 });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(
      expect.arrayContaining(['/colour', '/name', '/sku', '/unitCost']),
    );
  });

  it('pages through all items, each once', async () => {
    for (let n = 0; n < 7; n++)
      await api.operator.post('/items', { sku: `PAGE-${n}`, name: `Page ${n}`, category: 'pages' });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await api.viewer.get(`/items?category=pages&limit=3&sort=-name${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ sku }: { sku: string }) => sku));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `PAGE-${n}`));
    expect((await api.viewer.get('/items?category=pages&count=true&limit=1')).body).toMatchObject({
      count: 7,
      countIsCapped: false,
    });
  });

  it('finds an item by the beginning of its words, and in spite of a typo', async () => {
    await api.operator.post('/items', { sku: 'TEA-9', name: 'Teapot, porcelain' });
    const found = async (q: string) =>
      (await api.viewer.get(`/items?q=${encodeURIComponent(q)}`)).body.items.map(({ sku }: { sku: string }) => sku);
    expect(await found('tea porc')).toEqual(['TEA-9']);
    expect(await found('porcelian')).toEqual(['TEA-9']);
    expect(await found('tea-9')).toEqual(['TEA-9']);
    expect(await found("'); DROP TABLE item; --")).toEqual([]);
  });
});
