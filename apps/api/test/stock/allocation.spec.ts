import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { ReservationService } from '../../src/stock/reservations/reservation.service.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { until } from '../../../../test/support/until.ts';
import { inParallel, tally } from '../support/cluster.ts';
import { expectLedgerToHold } from '../support/ledger.ts';

let api: TestApi;
let item: { id: string; sku: string };
let n = 0;

beforeAll(async () => {
  api = await startApi();
  for (const code of ['A', 'B', 'C']) await api.operator.post('/locations', { code, name: code });
});
afterAll(() => api.close());

/** A new item with so many at each location. */
async function stocked(levels: Record<string, number>): Promise<{ id: string; sku: string }> {
  const { body } = await api.operator.post('/items', { sku: `Straße-${++n}`, name: 'Thing' });
  const lines = Object.entries(levels).map(([code, quantity]) => ({ item: body.id, location: { code }, quantity }));
  if (lines.length > 0) await api.operator.post('/movements', { type: 'receipt', lines });
  return { id: body.id, sku: body.sku };
}
const hold = (lines: object[], more: object = {}, key = randomUUID()) =>
  api.operator.post('/reservations', { ...more, lines }, { 'idempotency-key': key });
interface Line {
  item: { id: string };
  location: { code: string };
  quantity: number;
}
const partsOf = (lines: Line[]) => lines.map(({ location, quantity }) => [location.code, quantity]);
const level = async () => {
  const { onHand, reserved } = (await api.viewer.get(`/items/${item.id}`)).body;
  return { onHand, reserved };
};

describe('a line of a reservation without a location', () => {
  it.each([
    ['one-location-first', 4, [['B', 4]]],
    ['one-location-first', 6, [['C', 6]]],
    [
      'one-location-first',
      9,
      [
        ['C', 6],
        ['B', 3],
      ],
    ],
    [undefined, 2, [['A', 2]]],
    [
      'priority',
      4,
      [
        ['A', 3],
        ['B', 1],
      ],
    ],
    [
      'priority',
      12,
      [
        ['A', 3],
        ['B', 5],
        ['C', 4],
      ],
    ],
    ['most-stock', 2, [['C', 2]]],
    [
      'most-stock',
      9,
      [
        ['C', 6],
        ['B', 3],
      ],
    ],
    [
      'most-stock',
      14,
      [
        ['C', 6],
        ['B', 5],
        ['A', 3],
      ],
    ],
  ])('is held by the strategy %s: %i are %j', async (strategy, quantity, parts) => {
    item = await stocked({ A: 3, B: 5, C: 6 });
    const { status, body } = await hold([{ item: item.id, quantity }], { strategy });
    expect([status, partsOf(body.lines), body.lineCount]).toEqual([201, parts, parts.length]);
    expect((await api.viewer.get(`/reservations/${body.id}`)).body).toEqual(body);
    expect(await level()).toEqual({ onHand: 14, reserved: quantity });
    await api.operator.post(`/reservations/${body.id}/commit`);
    expect(await level()).toEqual({ onHand: 14 - quantity, reserved: 0 });
  });

  it('takes what the lines before it leave, those with a location included', async () => {
    item = await stocked({ A: 3, B: 5 });
    const place = { item: item.id, location: { code: 'B' }, quantity: 4 };
    const { body } = await hold([place, { item: { sku: item.sku.toUpperCase() }, quantity: 2 }, { item: item.id, quantity: 2 }]); // prettier-ignore
    expect(partsOf(body.lines)).toEqual([['B', 4], ['A', 2], ['A', 1], ['B', 1]]); // prettier-ignore
  });

  it('is refused where all locations together have too little, and nothing is held', async () => {
    item = await stocked({ A: 3, B: 5 });
    const refused = await hold([
      { item: item.id, quantity: 1 },
      { item: item.id, quantity: 8 },
    ]);
    expect([refused.status, refused.body.type, refused.body.lines]).toEqual([
      409,
      '/api/problems/insufficient-stock',
      [{ line: 1, item: { id: item.id, sku: item.sku }, location: null, requested: 8, available: 7 }],
    ]);
    expect(await level()).toEqual({ onHand: 8, reserved: 0 });
    const none = await stocked({});
    expect((await hold([{ item: none.id, quantity: 1 }])).body.lines).toEqual([
      { line: 0, item: none, location: null, requested: 1, available: 0 },
    ]);
    const unknown = await hold([
      { item: item.id, quantity: 1 },
      { item: { sku: 'UNKNOWN' }, quantity: 1 },
    ]);
    expect([unknown.status, unknown.body.errors]).toEqual([
      422,
      [{ pointer: '/lines/1/item', detail: 'there is no such item' }],
    ]);
    expect((await hold([{ item: item.id, quantity: 1 }], { strategy: 'nearest' })).status).toBe(422);
  });

  it('gets the first response again with the same key, a refusal included', async () => {
    item = await stocked({ A: 2 });
    const [key, refusedKey] = [randomUUID(), randomUUID()];
    const first = await hold([{ item: item.id, quantity: 2 }], {}, key);
    const refused = await hold([{ item: item.id, quantity: 2 }], {}, refusedKey);
    await api.operator.post(`/reservations/${first.body.id}/release`);
    expect((await hold([{ item: item.id, quantity: 2 }], {}, key)).body).toEqual(first.body);
    expect([refused.status, (await hold([{ item: item.id, quantity: 2 }], {}, refusedKey)).body]).toEqual([409, refused.body]); // prettier-ignore
  });

  it('never oversells, whatever else takes stock at the same time', async () => {
    item = await stocked({ A: 20, B: 20, C: 20 });
    const strategies = ['one-location-first', 'priority', 'most-stock'];
    const replies = await inParallel(90, 24, (i) => {
      const location = { code: 'ABC'[i % 3]! };
      if (i % 3 === 0) return api.operator.post('/movements', { type: 'issue', lines: [{ item: item.id, location, quantity: 1 }] }); // prettier-ignore
      return hold([{ item: item.id, quantity: 1 }], { strategy: strategies[i % 3] });
    });
    expect(tally(replies.map(({ status }) => status))).toEqual({ 201: 60, 409: 30 });
    const { onHand, reserved } = await level();
    expect(onHand - reserved).toBe(0);
    await expectLedgerToHold(api.database);
  });
});

describe('a commit of less than is held', () => {
  let id: string;
  beforeEach(async () => {
    item = await stocked({ A: 5, B: 5 });
    const at = (code: string, quantity: number) => ({ item: item.id, location: { code }, quantity });
    id = (await hold([at('A', 3), at('B', 2), at('A', 1)], { reference: 'PART' })).body.id;
  });
  const commit = (lines?: object[]) => api.operator.post(`/reservations/${id}/commit`, lines && { lines });

  it('issues that much and releases the rest, lines that it does not name included', async () => {
    const named = { item: { sku: item.sku.replace('ß', 'SS').toUpperCase() }, location: { code: 'a' }, quantity: 4 };
    const { status, body } = await commit([named]);
    expect([status, body.reference, body.lines.map(({ location, delta, onHandAfter }: any) => [location.code, delta, onHandAfter])]).toEqual([201, 'PART', [['A', -4, 1]]]); // prettier-ignore
    expect(await level()).toEqual({ onHand: 6, reserved: 0 });
    const { body: ended } = await api.viewer.get(`/reservations/${id}`);
    expect([ended.state, ended.movementId, ended.lines.length]).toEqual(['committed', body.id, 3]);
    expect((await commit()).status).toBe(409);
    await expectLedgerToHold(api.database);
  });

  it('with keepRest keeps the rest held, is repeated until nothing is left, and each movement is told once', async () => {
    const path = `/reservations/${id}`;
    const { body: feed } = await api.viewer.get('/events?after=latest');
    const at = (code: string, quantity: number) => ({ item: item.id, location: { code }, quantity });
    const part = (lines: object[], key = randomUUID()) => api.operator.post(`${path}/commit`, { lines, keepRest: true }, { 'idempotency-key': key }); // prettier-ignore
    const key = randomUUID();
    const first = await part([at('A', 1), at('A', 2), at('B', 1)], key);
    expect([first.status, first.body.lines.map(({ delta }: any) => delta)]).toEqual([201, [-1, -2, -1]]);
    expect((await part([at('A', 1), at('A', 2), at('B', 1)], key)).body).toEqual(first.body);
    expect((await part([at('A', 1)], key)).status).toBe(422);
    const kept = await api.viewer.get(path);
    expect([kept.body.state, kept.body.version, kept.body.movementId, kept.body.endedAt, kept.body.lineCount, partsOf(kept.body.lines)]).toEqual(
      ['held', 2, first.body.id, null, 2, [['B', 1], ['A', 1]]]); // prettier-ignore
    expect(await level()).toEqual({ onHand: 6, reserved: 2 });
    expect((await part([at('A', 2)])).body.errors).toEqual([
      { pointer: '/lines/0/quantity', detail: 'must be at most 1: no more is held' },
    ]);
    await part([at('B', 1)]);
    const last = await part([at('A', 1)]);
    expect([last.body.reference, last.body.lines.map(({ delta, onHandAfter }: any) => [delta, onHandAfter])]).toEqual(['PART', [[-1, 1]]]); // prettier-ignore
    const { body: ended } = await api.viewer.get(path);
    expect([ended.state, ended.version, ended.movementId, partsOf(ended.lines)]).toEqual(['committed', 4, last.body.id, [['A', 1]]]); // prettier-ignore
    expect(await level()).toEqual({ onHand: 4, reserved: 0 });
    expect((await part([at('A', 1)])).body.state).toBe('committed');
    const { body: told } = await api.viewer.get(`/events?after=${feed.nextCursor}&types=reservation`);
    expect(told.items.map(({ type, version, createdBy }: any) => [type, version, createdBy.name])).toEqual([
      ['reservation.updated', 2, 'Test operator'],
      ['reservation.updated', 3, 'Test operator'],
      ['reservation.committed', 4, 'Test operator'],
    ]);
    await expectLedgerToHold(api.database);
  });

  it.each([
    ['without lines', undefined],
    ['of all lines', [['A', 4], ['B', 2]]],
  ])('with keepRest %s ends the reservation', async (_, parts) => {
    const lines = parts?.map(([code, quantity]) => ({ item: item.id, location: { code }, quantity }));
    const { status } = await api.operator.post(`/reservations/${id}/commit`, { keepRest: true, ...(lines && { lines }) });
    expect([status, (await api.viewer.get(`/reservations/${id}`)).body.state]).toEqual([201, 'committed']);
    expect(await level()).toEqual({ onHand: 4, reserved: 0 });
  }); // prettier-ignore

  it('leaves a rest that is released, or expires, as what it is by then', async () => {
    const at = (code: string, quantity: number) => ({ item: item.id, location: { code }, quantity });
    await api.operator.post(`/reservations/${id}/commit`, { lines: [at('A', 3)], keepRest: true });
    const released = await api.operator.post(`/reservations/${id}/release`);
    expect([released.body.state, released.body.version, partsOf(released.body.lines)]).toEqual(['released', 3, [['B', 2], ['A', 1]]]); // prettier-ignore
    expect((await api.viewer.get(`/reservations/${id}`)).body).toEqual(released.body);
    const { body: second } = await hold([at('A', 2), at('B', 2)]);
    await api.operator.post(`/reservations/${second.id}/commit`, { lines: [at('A', 1), at('B', 2)], keepRest: true });
    await api.database.query(sql`UPDATE reservation SET expires_at = now() - interval '1 second' WHERE id = ${second.id}`);
    expect(await level()).toEqual({ onHand: 4, reserved: 0 });
    await until('it is swept', async () => {
      await api.app.get(ReservationService, { strict: false }).expire();
      return api.database.first(sql`SELECT FROM reservation WHERE id = ${second.id} AND state = 'expired'`);
    });
    expect(await level()).toEqual({ onHand: 4, reserved: 0 });
    await expectLedgerToHold(api.database);
  }); // prettier-ignore

  it('of any parts in any order, with changes between, issues and holds what a sum over them says', async () => {
    const step = fc.oneof(
      fc.record({ part: fc.array(fc.tuple(fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 3 }), keepRest: fc.boolean() }),
      fc.record({ ttlSeconds: fc.integer({ min: 60, max: 600 }) }),
      fc.constant('release' as const),
    ); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        item = await stocked({ A: 9, B: 9 });
        const lines = [['A', 3], ['B', 4], ['A', 2]].map(([code, quantity]) => ({ item: item.id, location: { code }, quantity })); // prettier-ignore
        const { body } = await hold(lines);
        let held = { A: 5, B: 4 };
        let onHand = 18;
        let isOpen = true;
        for (const one of steps) {
          const path = `/reservations/${body.id}`;
          const ends = one === 'release' || !('part' in one) || !one.keepRest;
          if (one === 'release') {
            expect((await api.operator.post(`${path}/release`)).status).toBe(isOpen ? 200 : 409);
            if (isOpen) held = { A: 0, B: 0 };
            isOpen = false;
          } else if ('ttlSeconds' in one) {
            expect((await api.operator.patch(path, one)).status).toBe(isOpen ? 200 : 409);
          } else {
            const rest = { ...held };
            for (const [code, quantity] of one.part) rest[code] -= quantity;
            const fits = rest.A >= 0 && rest.B >= 0;
            const wanted = one.part.map(([code, quantity]) => ({ item: item.id, location: { code }, quantity }));
            const { status } = await api.operator.post(`${path}/commit`, { lines: wanted, keepRest: one.keepRest });
            expect(status).toBe(!isOpen ? 409 : fits ? 201 : 422);
            if (!isOpen || !fits) continue;
            onHand -= held.A + held.B - rest.A - rest.B;
            held = ends ? { A: 0, B: 0 } : rest;
            isOpen = held.A + held.B > 0;
          }
          expect(await level()).toEqual({ onHand, reserved: held.A + held.B });
        }
      }),
      { numRuns: 25 },
    );
    await expectLedgerToHold(api.database);
  });

  it('of more than is held, or of what is not held, is refused and stays held', async () => {
    const other = await stocked({ A: 5 });
    const at = (of: { id: string }, code: string, quantity: number) => ({ item: of.id, location: { code }, quantity });
    const refused = await commit([at(item, 'A', 3), at(item, 'A', 2), at(item, 'C', 1), at(other, 'A', 1)]);
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [
        { pointer: '/lines/1/quantity', detail: 'must be at most 1: no more is held' },
        { pointer: '/lines/2/item', detail: 'is not held by this reservation at this location' },
        { pointer: '/lines/3/item', detail: 'is not held by this reservation at this location' },
      ],
    ]);
    for (const lines of [[], [at(item, 'A', 0)], [{ item: item.id, quantity: 1 }]])
      expect((await commit(lines)).status).toBe(422);
    expect(await level()).toEqual({ onHand: 10, reserved: 6 });
    expect((await commit()).status).toBe(201);
    expect(await level()).toEqual({ onHand: 4, reserved: 0 });
  });

  it('is done once, whatever ends the reservation at the same time', async () => {
    const line = { item: item.id, location: { code: 'A' }, quantity: 1 };
    const endings = await Promise.all([commit([line]), commit(), api.operator.post(`/reservations/${id}/release`), commit([line])]); // prettier-ignore
    expect(endings.filter(({ status }) => status < 300)).toHaveLength(1);
    expect((await level()).reserved).toBe(0);
    await expectLedgerToHold(api.database);
  });
});
