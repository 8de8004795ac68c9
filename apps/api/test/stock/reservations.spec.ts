import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { ReservationService } from '../../src/stock/reservations/reservation.service.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { until } from '../../../../test/support/until.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
let item: { id: string; sku: string; name: string };
let n = 0;
const main = { id: expect.any(String), code: 'MAIN' };

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

beforeEach(async () => {
  const { body } = await api.operator.post('/items', { sku: `R-${++n}`, name: `Thing ${n}` });
  item = { id: body.id, sku: body.sku, name: body.name };
  await api.operator.post('/movements', {
    type: 'receipt',
    lines: [{ item: item.id, location: { code: 'MAIN' }, quantity: 10 }],
  });
});

const OPERATOR = { id: expect.any(String), kind: 'user', name: 'Test operator' };
const heldOf = (quantity: number) => ({
  id: expect.any(String), state: 'held', reference: null, expiresAt: expect.any(String), endedAt: null, movementId: null,
  createdBy: OPERATOR, version: 1, createdAt: expect.any(String), lineCount: 1, lines: [{ item, location: main, quantity }],
}); // prettier-ignore
const tooFew = (line: object) =>
  problem('insufficient-stock', { lines: [{ ...line, item: { id: item.id, sku: item.sku }, location: main }] });

const hold = (quantity: number, more: object = {}) =>
  api.operator.post('/reservations', { ...more, lines: [{ item: item.id, location: { code: 'MAIN' }, quantity }] });
const issue = (quantity: number) =>
  api.operator.post('/movements', { type: 'issue', lines: [{ item: item.id, location: { code: 'MAIN' }, quantity }] });
const stock = async () => {
  const { onHand, reserved, available } = (await api.viewer.get(`/items/${item.id}`)).body;
  return { onHand, reserved, available };
};
/** Lets the time of a reservation be over. */
const pass = (id: string) =>
  api.database.query(sql`UPDATE reservation SET expires_at = now() - interval '1 second' WHERE id = ${id}`);

describe('reservations', () => {
  it('holds stock, so that no other request gets it', async () => {
    const held = await hold(7, { reference: 'ORDER-1', ttlSeconds: 60 });
    expect(held).toEqual(
      response(201, { ...heldOf(7), reference: 'ORDER-1' }, { location: `/api/v1/reservations/${held.body.id}` }),
    );
    expect(Date.parse(held.body.expiresAt) - Date.parse(held.body.createdAt)).toBeGreaterThanOrEqual(60_000);
    expect(await stock()).toEqual({ onHand: 10, reserved: 7, available: 3 });
    expect(await issue(4)).toEqual(tooFew({ line: 0, requested: 4, available: 3 }));
    expect(await hold(4)).toEqual(tooFew({ line: 0, requested: 4, available: 3 }));
    expect((await issue(3)).status).toBe(201);
  });

  it('holds all lines or none, each evaluated on what those before it leave', async () => {
    const line = (quantity: number) => ({ item: item.id, location: { code: 'MAIN' }, quantity });
    expect(await api.operator.post('/reservations', { lines: [line(6), line(6)] })).toEqual(
      tooFew({ line: 1, requested: 6, available: 4 }),
    );
    expect(await stock()).toEqual({ onHand: 10, reserved: 0, available: 10 });
    expect((await api.operator.post('/reservations', { lines: [line(6), line(4)] })).status).toBe(201);
    expect(await stock()).toEqual({ onHand: 10, reserved: 10, available: 0 });
  });

  it('commits by issuing what it holds, in one movement', async () => {
    const { body: held } = await hold(4, { reference: 'ORDER-2' });
    const committed = await api.operator.post(`/reservations/${held.id}/commit`);
    expect(committed).toEqual(
      response(
        201,
        {
          id: expect.any(String),
          type: 'issue',
          reference: 'ORDER-2',
          note: null,
          reverses: null,
          reversedBy: null,
          createdBy: OPERATOR,
          createdAt: expect.any(String),
          lineCount: 1,
          lines: [{ item, location: main, delta: -4, onHandAfter: 6, reason: null }],
        },
        { location: `/api/v1/movements/${committed.body.id}` },
      ),
    );
    expect(await stock()).toEqual({ onHand: 6, reserved: 0, available: 6 });
    expect(
      pick((await api.viewer.get(`/reservations/${held.id}`)).body, 'state', 'movementId', 'version', 'endedAt'),
    ).toEqual({
      state: 'committed',
      movementId: committed.body.id,
      version: 2,
      endedAt: expect.any(String),
    });
  });

  it('gives back what it holds when it is released', async () => {
    const { body: held } = await hold(4);
    expect(await api.operator.post(`/reservations/${held.id}/release`)).toEqual(
      response(200, { ...held, state: 'released', endedAt: expect.any(String), version: 2 }),
    );
    expect(await stock()).toEqual({ onHand: 10, reserved: 0, available: 10 });
  });

  it('is held for longer from now on, or gets another reference, in a version of its own each', async () => {
    const held = await hold(4, { reference: 'ORDER-4', ttlSeconds: 60 });
    const path = `/reservations/${held.body.id}`;
    const extended = await api.operator.patch(path, { ttlSeconds: 3_600 }, { 'if-match': held.headers.etag! });
    expect(extended).toEqual(response(200, { ...held.body, expiresAt: expect.any(String), version: 2 }));
    const seconds = (Date.parse(extended.body.expiresAt) - Date.parse(held.body.createdAt)) / 1_000;
    expect(seconds).toBeGreaterThanOrEqual(3_600);
    expect(seconds).toBeLessThan(3_660);
    const stale = await api.operator.patch(path, { ttlSeconds: 60 }, { 'if-match': held.headers.etag! });
    expect([stale.status, stale.headers.etag]).toEqual([412, '"2"']);
    const renamed = await api.operator.patch(path, { reference: null });
    expect(renamed).toEqual(response(200, { ...extended.body, reference: null, version: 3 }));
    const read = await api.viewer.get(path);
    expect({ body: read.body, etag: read.headers.etag }).toEqual({ body: renamed.body, etag: renamed.headers.etag });
    expect(await stock()).toEqual({ onHand: 10, reserved: 4, available: 6 });
    const key = { 'idempotency-key': randomUUID() };
    const once = await api.operator.patch(path, { ttlSeconds: 90 }, key);
    expect((await api.operator.patch(path, { ttlSeconds: 90 }, key)).body).toEqual(once.body);
  });

  it('has a version and an event for each of the changes that come at once', async () => {
    const { body: held } = await hold(5);
    const { body: feed } = await api.viewer.get('/events?after=latest');
    const path = `/reservations/${held.id}`;
    const line = { item: item.id, location: { code: 'MAIN' }, quantity: 1 };
    const changes = await Promise.all(Array.from({ length: 12 }, (_, n) =>
      n % 3 ? api.operator.patch(path, { reference: `R-${n}` }) : api.operator.post(`${path}/commit`, { lines: [line], keepRest: true }))); // prettier-ignore
    expect(changes.every(({ status }) => status < 300)).toBe(true);
    const versions = Array.from({ length: 12 }, (_, n) => n + 2);
    expect(changes.flatMap(({ body }) => body.version ?? []).sort((one, other) => one - other)).toHaveLength(8);
    const { body: told } = await api.viewer.get(`/events?after=${feed.nextCursor}&types=reservation.updated`);
    expect(told.items.map(({ version }: { version: number }) => version)).toEqual(versions);
    expect(await stock()).toEqual({ onHand: 6, reserved: 1, available: 5 });
  });

  it('cannot be held for longer once its time is over, or it has ended', async () => {
    const [{ body: over }, { body: ended }] = [await hold(1), await hold(1)];
    await pass(over.id);
    await api.operator.post(`/reservations/${ended.id}/release`);
    for (const [id, state] of [[over.id, 'expired'], [ended.id, 'released']])
      expect(await api.operator.patch(`/reservations/${id}`, { ttlSeconds: 60 })).toEqual(
        problem('conflict', { detail: `This reservation was ${state} already.`, state }),
      );
    for (const body of [{ ttlSeconds: 0 }, { ttlSeconds: 604_801 }, { ttlSeconds: null }, { reference: '' }, { lines: [] }])
      expect([body, (await api.operator.patch(`/reservations/${ended.id}`, body)).status]).toEqual([body, 422]);
  }); // prettier-ignore

  it('is read as it was answered, when it is made and when it is released', async () => {
    const held = await hold(2, { reference: 'ORDER-3', ttlSeconds: 60 });
    const path = `/reservations/${held.body.id}`;
    const read = await api.viewer.get(path);
    expect({ body: read.body, etag: read.headers.etag }).toEqual({ body: held.body, etag: held.headers.etag });
    const released = await api.operator.post(`${path}/release`);
    const after = await api.viewer.get(path);
    expect({ body: after.body, etag: after.headers.etag }).toEqual({
      body: released.body,
      etag: released.headers.etag,
    });
  });

  it('ends once, however many end it at the same time', async () => {
    const { body: held } = await hold(3);
    const ends = Array.from({ length: 12 }, (_, n) => (n % 2 ? 'commit' : 'release'));
    const replies = await Promise.all(ends.map((end) => api.operator.post(`/reservations/${held.id}/${end}`)));
    const done = replies.filter(({ status }) => status < 300);
    expect(done).toHaveLength(1);
    const state = done[0]!.status === 201 ? 'committed' : 'released';
    const refused = replies.filter(({ status }) => status === 409);
    expect(refused.map(({ body }) => body.state)).toEqual(Array<string>(11).fill(state));
    expect(await stock()).toEqual(
      state === 'committed' ? { onHand: 7, reserved: 0, available: 7 } : { onHand: 10, reserved: 0, available: 10 },
    );
  });

  it('ends once: a second caller is told the state it is in', async () => {
    const { body: held } = await hold(1);
    await api.operator.post(`/reservations/${held.id}/release`);
    for (const end of ['commit', 'release']) {
      expect(await api.operator.post(`/reservations/${held.id}/${end}`)).toEqual(
        problem('conflict', { detail: 'This reservation was released already.', state: 'released' }),
      );
    }
  });

  it('stops counting when its time is over, before anything has swept it', async () => {
    const { body: held } = await hold(10);
    await pass(held.id);
    expect(await stock()).toEqual({ onHand: 10, reserved: 0, available: 10 });
    expect(pick((await api.viewer.get(`/stock?itemId=${item.id}`)).body.items[0], 'reserved', 'available')).toEqual({
      reserved: 0,
      available: 10,
    });
    expect(pick((await api.viewer.get(`/reservations/${held.id}`)).body, 'state', 'endedAt')).toEqual({
      state: 'expired',
      endedAt: expect.any(String),
    });
    expect((await api.viewer.get(`/reservations?state=expired&itemId=${item.id}`)).body.items).toHaveLength(1);
    expect((await api.viewer.get(`/reservations?state=held&itemId=${item.id}`)).body.items).toHaveLength(0);
    expect((await issue(10)).status).toBe(201);
    expect(await api.operator.post(`/reservations/${held.id}/commit`)).toEqual(
      problem('conflict', { detail: 'This reservation was expired already.', state: 'expired' }),
    );
    expect((await stock()).available).toBe(0);
  });

  it('is swept by any task, once', async () => {
    const service = api.app.get(ReservationService, { strict: false });
    await service.expire();
    const { body: held } = await hold(3);
    await pass(held.id);
    const swept = await Promise.all([service.expire(), service.expire(), service.expire()]);
    expect(swept.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(1); // The task's own sweep may have been first.
    const row = await until('its sweep is committed', () =>
      api.database.first(
        sql`SELECT state, ended_at = expires_at AS "onTime" FROM reservation WHERE id = ${held.id} AND state <> 'held'`,
      ),
    );
    expect(row).toEqual({ state: 'expired', onTime: true });
    expect(await stock()).toEqual({ onHand: 10, reserved: 0, available: 10 });
  });

  it('honours a promise whose stock is there, even where a count found less than was promised to all', async () => {
    const first = await hold(6);
    const second = await hold(4);
    await api.operator.post('/movements', {
      type: 'count',
      lines: [{ item: item.id, location: { code: 'MAIN' }, counted: 6 }],
    });
    expect(await stock()).toEqual({ onHand: 6, reserved: 10, available: -4 });
    expect((await api.operator.post(`/reservations/${first.body.id}/commit`)).status).toBe(201);
    expect(await api.operator.post(`/reservations/${second.body.id}/commit`)).toEqual(
      tooFew({ line: 0, requested: 4, available: 0 }),
    );
    expect((await api.viewer.get(`/reservations/${second.body.id}`)).body.state).toBe('held');
  });

  it('keeps an item from being archived', async () => {
    await hold(10);
    expect(await api.operator.delete(`/items/${item.id}`)).toEqual(
      problem('conflict', { detail: expect.stringContaining('10 on hand, 10 reserved') }),
    );
  });

  it('answers 404 for one that is not there', async () => {
    const nowhere = '01890000-0000-7000-8000-000000000000';
    expect(await api.operator.patch(`/reservations/${nowhere}`, {})).toEqual(problem('not-found'));
    for (const path of [`/reservations/${nowhere}/commit`, `/reservations/${nowhere}/release`]) {
      expect(await api.operator.post(path)).toEqual(problem('not-found'));
    }
    expect((await api.viewer.get(`/reservations/${nowhere}`)).status).toBe(404);
  });
});
