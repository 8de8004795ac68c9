import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { csvOf, load } from '../imports/support.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

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
        id: UUID, sku: 'MUG-01', name: 'Mug, blue', description: '', barcode: null, barcodes: [], category: null, unit: 'each', unitCost: 450,
        reorderPoint: null, attributes: { colour: 'blue' }, photo: null, archivedAt: null, version: 1, createdAt: TIME, updatedAt: TIME,
        updatedBy: { id: UUID, kind: 'user', name: expect.stringContaining('operator') as unknown }, onHand: 0, reserved: 0, available: 0,
      },
    }); // prettier-ignore
    expect(pick(headers, 'etag', 'location')).toEqual({ etag: '"1.0.0"', location: `/api/v1/items/${body.id}` });
    expect(await api.viewer.get(`/items/${body.id}`)).toEqual(response(200, body));
    expect(await api.viewer.get(`/items/${body.id}`, { 'if-none-match': headers.etag! })).toEqual(response(304, ''));
  });

  it('says who changed an item last: a person, or the one who imported a file', async () => {
    const { body: item } = await api.operator.post('/items', { sku: 'WHO-1', name: 'Who' });
    const changed = await api.admin.patch(`/items/${item.id}`, { name: 'Who else' });
    expect(changed.body.updatedBy).not.toEqual(item.updatedBy);
    await load(api.operator, csvOf('sku,name', 'WHO-1,Who again', 'WHO-2,Who new'));
    const { body } = await api.viewer.get('/items?q=WHO');
    expect(body.items.map(({ updatedBy }: { updatedBy: unknown }) => updatedBy)).toEqual([
      item.updatedBy,
      item.updatedBy,
    ]);
    await api.admin.delete(`/items/${item.id}`);
    expect((await api.viewer.get(`/items/${item.id}`)).body.updatedBy).toEqual(changed.body.updatedBy);
  });

  it.each(['\u202e', '\u200b', '\u00ad', '\u00a0', '\u3000', '\u2066', '\u2028', '\ufe0f', '\u3164', '\u2800'])(
    'refuses the invisible character %j in what people type again: SKU, barcode, location code',
    async (invisible) => {
      const text = `SE${invisible}EN`;
      const point = `U+${invisible.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
      const refused = (pointer: string) =>
        problem('invalid-fields', {
          errors: [{ pointer, detail: `holds the invisible character ${point}: remove it` }],
        });
      expect(await api.operator.post('/items', { sku: text, name: 'Seen' })).toEqual(refused('/sku'));
      expect(await api.operator.post('/items', { sku: 'SEEN', name: 'Seen', barcode: text })).toEqual(refused('/barcode')); // prettier-ignore
      expect(await api.operator.post('/locations', { code: text, name: 'Seen' })).toEqual(refused('/code'));
    },
  );

  it('refuses a SKU that differs from another one only in case', async () => {
    await api.operator.post('/items', { sku: 'Case-1', name: 'First' });
    expect(await api.operator.post('/items', { sku: 'CASE-1', name: 'Second' })).toEqual(
      problem('conflict', {
        detail:
          'Another item has this SKU; SKUs that differ only in case are the same. If that item is archived, restore it.',
        errors: [{ pointer: '/sku', detail: 'is taken' }],
      }),
    );
  });

  it('names every field that is wrong', async () => {
    const { status, body } = await api.operator.post('/items', { sku: ' x', colour: 'red', unitCost: 1.5 });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(
      expect.arrayContaining(['/colour', '/name', '/sku', '/unitCost']),
    );
  });

  it('changes only what is named, and counts the version up', async () => {
    const { body: item } = await api.operator.post('/items', {
      sku: 'PAN-1',
      name: 'Pan',
      barcode: '2000000000015',
      attributes: { a: '1', b: '2' },
    });
    const { status, headers, body } = await api.operator.patch(`/items/${item.id}`, {
      name: 'Frying pan',
      barcode: null,
      attributes: { a: '3' },
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        ...item,
        name: 'Frying pan',
        barcode: null,
        barcodes: [],
        attributes: { a: '3' },
        version: 2,
        updatedAt: TIME,
      },
    });
    expect(headers.etag).toBe('"2.0.0"');
    expect((await api.viewer.get(`/items/${item.id}`)).body).toEqual(body);
  });

  it('refuses a change of a version that is no longer the current one', async () => {
    const { body: item, headers } = await api.operator.post('/items', { sku: 'IF-1', name: 'If' });
    const change = (ifMatch: string) =>
      api.operator.patch(`/items/${item.id}`, { name: 'Changed' }, { 'if-match': ifMatch });
    const changed = { ...item, name: 'Changed', updatedAt: TIME };
    expect(await change(headers.etag!)).toEqual(response(200, { ...changed, version: 2 }, { etag: '"2.0.0"' }));
    for (const stale of [headers.etag!, '"1"', 'W/"2.0.0"', '"nonsense"']) {
      expect(await change(stale)).toEqual(
        problem('precondition-failed', {
          detail: 'It is at version 2 now. Read it again, then decide.',
          headers: { etag: '"2"' },
        }),
      );
    }
    expect(await change('"7", "2.0.0"')).toEqual(response(200, { ...changed, version: 3 }));
    expect(await change('*')).toEqual(response(200, { ...changed, version: 4 }));
    expect((await api.operator.delete(`/items/${item.id}`, { 'if-match': headers.etag! })).status).toBe(412);
  });

  it('lets stock move between reading an item and changing its name', async () => {
    const { body: item } = await api.operator.post('/items', { sku: 'MOVES', name: 'Moves' });
    const main = await mainLocation();
    await api.database.query(
      sql`INSERT INTO stock_level (item_id, location_id, on_hand) VALUES (${item.id}, ${main}, 5)`,
    );
    const { headers } = await api.viewer.get(`/items/${item.id}`);
    expect(headers.etag).toBe('"1.5.0"');
    await api.database.query(sql`UPDATE stock_level SET on_hand = 6 WHERE item_id = ${item.id}`);
    expect(await api.operator.patch(`/items/${item.id}`, { name: 'Moved' }, { 'if-match': headers.etag! })).toEqual(
      response(
        200,
        { ...item, name: 'Moved', version: 2, updatedAt: TIME, onHand: 6, available: 6 },
        { etag: '"2.6.0"' },
      ),
    );
  });

  it.each([
    ['name', { name: null }, '/name'],
    ['sku', { sku: null }, '/sku'],
    ['unit', { unit: '' }, '/unit'],
    ['reorder point', { reorderPoint: -1 }, '/reorderPoint'],
    ['cost', { unitCost: 1_000_000_000_001 }, '/unitCost'],
    ['attributes', { attributes: { size: 3 } }, '/attributes'],
    ['a field that callers do not set', { version: 7 }, '/version'],
    ['archived', { archived: true }, '/archived'],
  ])('refuses a wrong change of %s', async (_, changes, pointer) => {
    const { body } = await api.operator.post('/items', { sku: `WRONG-${pointer}`, name: 'Wrong' });
    expect(await api.operator.patch(`/items/${body.id}`, changes)).toEqual(
      problem('invalid-fields', { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) }),
    );
    expect((await api.viewer.get(`/items/${body.id}`)).body).toEqual(body);
  });

  it('refuses a SKU or barcode that another item has', async () => {
    await api.operator.post('/items', { sku: 'HAS-1', name: 'Has', barcode: '2000000000022' });
    const { body } = await api.operator.post('/items', { sku: 'WANTS-1', name: 'Wants' });
    expect(await api.operator.patch(`/items/${body.id}`, { sku: 'has-1' })).toEqual(
      problem('conflict', {
        detail:
          'Another item has this SKU; SKUs that differ only in case are the same. If that item is archived, restore it.',
        errors: [{ pointer: '/sku', detail: 'is taken' }],
      }),
    );
    expect(await api.operator.patch(`/items/${body.id}`, { barcode: '2000000000022' })).toEqual(
      problem('conflict', {
        detail: 'Another item has this barcode.',
        errors: [{ pointer: '/barcode', detail: 'is taken' }],
      }),
    );
  });

  it('archives, is not changed while archived, and comes back', async () => {
    const { body: item } = await api.operator.post('/items', { sku: 'OLD-1', name: 'Old' });
    expect(await api.operator.delete(`/items/${item.id}`)).toEqual(response(204, ''));
    expect((await api.operator.delete(`/items/${item.id}`)).status).toBe(204);
    const { body: archived } = await api.viewer.get(`/items/${item.id}`);
    expect(archived).toEqual({ ...item, archivedAt: TIME, version: 2, updatedAt: TIME });
    expect(await api.operator.patch(`/items/${item.id}`, { name: 'New' })).toEqual(
      problem('conflict', { detail: 'The item is archived. Restore it first, with {"archived": false}.' }),
    );
    expect((await api.operator.post('/items', { sku: 'old-1', name: 'Second' })).status).toBe(409);
    expect(await api.operator.patch(`/items/${item.id}`, { archived: false, name: 'New' })).toEqual(
      response(200, { ...item, name: 'New', version: 3, updatedAt: TIME }),
    );
  });

  it('is not archived while it has stock, and takes its empty levels along', async () => {
    const { body: item } = await api.operator.post('/items', { sku: 'STOCKED', name: 'Stocked' });
    await api.database.query(
      sql`INSERT INTO stock_level (item_id, location_id, on_hand) VALUES (${item.id}, ${await mainLocation()}, 5)`,
    );
    expect(await api.operator.delete(`/items/${item.id}`)).toEqual(
      problem('conflict', { detail: expect.stringContaining('5 on hand, 0 reserved') }),
    );
    await api.database.query(sql`UPDATE stock_level SET on_hand = 0 WHERE item_id = ${item.id}`);
    expect((await api.operator.delete(`/items/${item.id}`)).status).toBe(204);
    expect(await api.database.query(sql`SELECT FROM stock_level WHERE item_id = ${item.id}`)).toEqual([]);
  });

  it.each(['get', 'delete', 'patch'] as const)('answers 404 and 400 to %s of what is not there', async (method) => {
    const send = (id: string) => api.operator[method](`/items/${id}`, method === 'patch' ? {} : undefined);
    const id = '01890000-0000-7000-8000-000000000000';
    expect(await send(id)).toEqual(problem('not-found', { detail: `There is no item ${id}.` }));
    expect(await send('MUG-01')).toEqual(
      problem('invalid-parameters', {
        detail: 'The id in the path is not a UUID.',
        errors: [{ pointer: '/id', detail: 'must be a UUID' }],
      }),
    );
  });

  it('adds an item once for an idempotency key', async () => {
    const add = () => api.operator.post('/items', { sku: 'ONCE', name: 'Once' }, { 'idempotency-key': 'add-once' });
    const first = await add();
    const second = await add();
    expect(second).toEqual(response(201, first.body, { 'idempotency-replayed': 'true' }));
    expect(second.headers.etag).toBe(first.headers.etag);
  });
});

async function mainLocation(): Promise<string> {
  return (await api.viewer.get('/locations?code=main')).body.items[0].id as string;
}
