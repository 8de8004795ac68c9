import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
let item: { id: string; sku: string; name: string };
let main: { id: string; code: string };
let shop: { id: string; code: string };
let n = 0;

beforeAll(async () => {
  api = await startApi();
  const { body } = await api.operator.get('/locations?code=main');
  main = { id: body.items[0].id, code: 'MAIN' };
  const location = await api.operator.post('/locations', { code: 'SHOP', name: 'Shop' });
  shop = { id: location.body.id, code: 'SHOP' };
});
afterAll(() => api.close());

beforeEach(async () => {
  const { body } = await api.operator.post('/items', { sku: `M-${++n}`, name: `Thing ${n}` });
  item = { id: body.id, sku: body.sku, name: body.name };
});

/** How a refusal names a level of the item. */
const level = (location: { id: string; code: string }) => ({ item: { id: item.id, sku: item.sku }, location });
const movementOf = (type: string, ...lines: object[]) => ({
  id: expect.any(String), type, reference: null, note: null, reverses: null, reversedBy: null,
  createdBy: { id: expect.any(String), kind: 'user', name: 'Test operator' }, createdAt: expect.any(String),
  lineCount: lines.length, lines,
}); // prettier-ignore

const post = (type: string, ...lines: object[]) => api.operator.post('/movements', { type, lines });
const receive = (quantity: number, location = 'MAIN') =>
  post('receipt', { item: item.id, location: { code: location }, quantity });
const levels = async () =>
  Object.fromEntries(
    (await api.viewer.get(`/stock?itemId=${item.id}`)).body.items.map((level: any) => [
      level.location.code,
      [level.onHand, level.reserved, level.available],
    ]),
  );

describe('movements', () => {
  it('books a receipt and answers with the whole document, the same as it reads later', async () => {
    const posted = await api.operator.post('/movements', {
      type: 'receipt',
      reference: 'PO-1',
      lines: [{ item: { sku: item.sku.toLowerCase() }, location: { code: 'main' }, quantity: 5 }],
    });
    const receipt = movementOf('receipt', { item, location: main, delta: 5, onHandAfter: 5, reason: null });
    expect(posted).toEqual(
      response(201, { ...receipt, reference: 'PO-1' }, { location: `/api/v1/movements/${posted.body.id}` }),
    );
    const read = await api.viewer.get(`/movements/${posted.body.id}`);
    expect(read.body).toEqual(posted.body);
    expect(read.headers.etag).toBe(posted.headers.etag);
    expect(await levels()).toEqual({ MAIN: [5, 0, 5] });
    expect(pick((await api.viewer.get(`/items/${item.id}`)).body, 'onHand', 'reserved', 'available')).toEqual({
      onHand: 5,
      reserved: 0,
      available: 5,
    });
  });

  it('moves stock between two locations, one ledger line for each side', async () => {
    await receive(10);
    const { status, body } = await post('transfer', {
      item: item.id,
      from: { code: 'MAIN' },
      to: shop.id,
      quantity: 4,
      expectedOnHand: 10,
    });
    expect({ status, lines: body.lines }).toEqual({
      status: 201,
      lines: [
        { item, location: main, delta: -4, onHandAfter: 6, reason: null },
        { item, location: shop, delta: 4, onHandAfter: 4, reason: null },
      ],
    });
    expect(await levels()).toEqual({ MAIN: [6, 0, 6], SHOP: [4, 0, 4] });
  });

  it('counts: the level becomes what was counted, and the ledger keeps the difference, also when it is 0', async () => {
    await receive(10);
    const { body } = await post(
      'count',
      { item: item.id, location: main.id, counted: 8 },
      { item: item.id, location: main.id, counted: 8 },
    );
    expect(body.lines.map(({ delta, onHandAfter }: { delta: number; onHandAfter: number }) => [delta, onHandAfter])).toEqual([[-2, 8], [0, 8]]); // prettier-ignore
    expect((await post('count', { item: item.id, location: shop.id, counted: 0 })).body.lines).toEqual([
      { item, location: shop, delta: 0, onHandAfter: 0, reason: null },
    ]);
  });

  it('adjusts by a delta with a reason, never below nothing', async () => {
    await receive(3);
    expect(
      (await post('adjustment', { item: item.id, location: main.id, delta: -2, reason: 'broken' })).body.lines,
    ).toEqual([{ item, location: main, delta: -2, onHandAfter: 1, reason: 'broken' }]);
    expect(await post('adjustment', { item: item.id, location: main.id, delta: -2, reason: 'broken' })).toEqual(
      problem('insufficient-stock', {
        detail: 'A line asks for more than is available; nothing was applied.',
        lines: [{ line: 0, ...level(main), requested: 2, available: 1 }],
      }),
    );
  });

  it('refuses to issue more than is available, naming every line, and applies nothing', async () => {
    await receive(5);
    const refused = await post(
      'issue',
      { item: item.id, location: main.id, quantity: 3 },
      { item: item.id, location: main.id, quantity: 3 },
      { item: item.id, location: shop.id, quantity: 1 },
    );
    expect(refused).toEqual(
      problem('insufficient-stock', {
        detail: '2 lines ask for more than is available; nothing was applied.',
        lines: [
          { line: 1, ...level(main), requested: 3, available: 2 },
          { line: 2, ...level(shop), requested: 1, available: 0 },
        ],
      }),
    );
    expect(await levels()).toEqual({ MAIN: [5, 0, 5] });
  });

  it('evaluates lines for one level in order, on the running result', async () => {
    const lines = [{ item: item.id, location: main.id, delta: 2, reason: 'found' }, { item: { sku: item.sku }, location: { code: 'MAIN' }, delta: -2, reason: 'lost' }]; // prettier-ignore
    expect((await post('adjustment', ...lines)).status).toBe(201);
    expect((await post('adjustment', ...lines.reverse())).status).toBe(409);
  });

  it('refuses a transfer from a location to itself, however the two are named', async () => {
    await receive(5);
    const before = await levels();
    for (const to of [main.id, main.id.toUpperCase(), { code: 'MAIN' }, { code: 'main' }])
      expect(await post('transfer', { item: item.id, from: main.id, to, quantity: 1 })).toEqual(
        problem('invalid-fields', {
          errors: [{ pointer: '/lines/0/to', detail: 'must be another location than from' }],
        }),
      );
    expect(await levels()).toEqual(before);
  });

  it('refuses a level that is not what the caller saw, with the real one', async () => {
    await receive(5);
    expect(await post('issue', { item: item.id, location: main.id, quantity: 1, expectedOnHand: 6 })).toEqual(
      problem('unexpected-level', {
        detail: 'A level is not what the request expected; nothing was applied.',
        lines: [{ line: 0, ...level(main), expectedOnHand: 6, onHand: 5 }],
      }),
    );
    expect(await levels()).toEqual({ MAIN: [5, 0, 5] });
  });

  it('names items and locations that do not exist, and those that are archived', async () => {
    const nowhere = '01890000-0000-7000-8000-000000000000';
    expect(await post('transfer', { item: { sku: 'no such' }, from: nowhere, to: shop.id, quantity: 1 })).toEqual(
      problem('invalid-fields', {
        errors: [
          { pointer: '/lines/0/item', detail: 'there is no such item' },
          { pointer: '/lines/0/from', detail: 'there is no such location' },
        ],
      }),
    );
    await api.operator.delete(`/items/${item.id}`);
    expect(await receive(1)).toEqual(
      problem('conflict', {
        detail: 'An item or a location is archived; restore it first, with {"archived": false}.',
        errors: [{ pointer: '/lines/0/item', detail: 'is archived' }],
      }),
    );
  });

  it('reverses a movement once, and never a reversal', async () => {
    await receive(5);
    const { body: issue } = await post('issue', { item: item.id, location: main.id, quantity: 2 });
    const reversal = await api.operator.post(`/movements/${issue.id}/reverse`, { note: 'a mistake' });
    const back = movementOf('reversal', { item, location: main, delta: 2, onHandAfter: 5, reason: null });
    expect(reversal).toEqual(
      response(
        201,
        { ...back, note: 'a mistake', reverses: issue.id },
        { location: `/api/v1/movements/${reversal.body.id}` },
      ),
    );
    expect((await api.viewer.get(`/movements/${issue.id}`)).body.reversedBy).toEqual(reversal.body.id);
    expect(await api.operator.post(`/movements/${issue.id}/reverse`)).toEqual(
      problem('conflict', { detail: 'This movement was reversed already.' }),
    );
    expect(await api.operator.post(`/movements/${reversal.body.id}/reverse`)).toEqual(
      problem('conflict', { detail: 'A reversal cannot be reversed; post the movement again.' }),
    );
    expect(await levels()).toEqual({ MAIN: [5, 0, 5] });
  });

  it('reverses a movement once, however many reverse it at the same time', async () => {
    const { body } = await receive(5);
    await receive(20);
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => api.operator.post(`/movements/${body.id}/reverse`)),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(await levels()).toEqual({ MAIN: [20, 0, 20] });
  });

  it('refuses to reverse a receipt whose stock has gone', async () => {
    const { body } = await receive(5);
    await post('issue', { item: item.id, location: main.id, quantity: 1 });
    expect(await api.operator.post(`/movements/${body.id}/reverse`)).toEqual(
      problem('insufficient-stock', {
        detail: 'A line asks for more than is available; nothing was applied.',
        lines: [{ line: 0, ...level(main), requested: 5, available: 4 }],
      }),
    );
  });

  it('lists the ledger, newest first, by item, location, type, reference and time', async () => {
    const first = await api.operator.post('/movements', {
      type: 'receipt',
      reference: `R-${n}`,
      lines: [{ item: item.id, location: main.id, quantity: 9 }],
    });
    const second = await post('transfer', { item: item.id, from: main.id, to: shop.id, quantity: 1 });
    const ids = async (query: string) =>
      (await api.viewer.get(`/movements?${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids(`itemId=${item.id}`)).toEqual([second.body.id, first.body.id]);
    expect(await ids(`itemId=${item.id}&sort=createdAt`)).toEqual([first.body.id, second.body.id]);
    expect(await ids(`itemId=${item.id}&locationId=${shop.id}`)).toEqual([second.body.id]);
    expect(await ids(`itemId=${item.id}&type=receipt`)).toEqual([first.body.id]);
    expect(await ids(`reference=R-${n}`)).toEqual([first.body.id]);
    expect(await ids(`itemId=${item.id}&from=2100-01-01T00:00:00Z`)).toEqual([]);
    expect(await ids(`itemId=${item.id}&to=2000-01-01T00:00:00Z`)).toEqual([]);
  });

  it('asks for the fields that a type needs, and refuses those of another', async () => {
    const { status, body } = await post('count', { item: item.id, location: main.id, quantity: 1 });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      expect.arrayContaining(['/lines/0/quantity', '/lines/0/counted']),
    );
    expect(await post('gift', {})).toEqual(
      problem('invalid-fields', {
        errors: [{ pointer: '/type', detail: 'must be one of receipt, issue, transfer, adjustment, count' }],
      }),
    );
    expect((await api.operator.post('/movements', { type: 'issue', lines: [] })).body.errors[0].pointer).toBe('/lines');
  });
});
