import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql, { raw } from 'sql-template-tag';
import { EventService } from '../../src/events/event.service.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import type { Client } from '../../../../test/support/client.ts';
import { asOwner, createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { problem } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

interface FeedEvent {
  id: string;
  type: string;
  resourceId: string;
  version: number | null;
  createdBy: { id: string; kind: string; name: string };
  data: Record<string, unknown>;
}

let testDatabase: TestDatabase;
let api: TestApi;
let item: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  api = await startApi(testDatabase);
});
afterAll(() => api.close());

const latest = async () => (await api.admin.get('/events?after=latest')).body.nextCursor as string;
const after = async (cursor: string, client: Client = api.admin, query = ''): Promise<FeedEvent[]> =>
  (await client.get(`/events?after=${cursor}${query}`)).body.items as FeedEvent[];
const receipt = (quantity = 1) => ({
  type: 'receipt',
  reference: 'PO-1',
  lines: [{ item, location: { code: 'MAIN' }, quantity }],
});

describe('the change feed', () => {
  it('tells each change of an item with its version and who made it', async () => {
    const start = await latest();
    item = (await api.operator.post('/items', { sku: 'FEED', name: 'Feed' })).body.id as string;
    await api.operator.patch(`/items/${item}`, { name: 'Fed' });
    await api.operator.delete(`/items/${item}`);
    await api.operator.patch(`/items/${item}`, { archived: false });
    const common = {
      resourceId: item,
      createdAt: expect.any(String) as unknown,
      createdBy: { id: expect.any(String) as unknown, kind: 'user', name: 'Test operator' },
      data: { sku: 'FEED', name: 'Fed' },
      id: expect.stringMatching(/^\d+-\d+$/) as unknown,
    };
    expect(await after(start)).toEqual([
      { ...common, type: 'item.created', version: 1 },
      { ...common, type: 'item.updated', version: 2 },
      { ...common, type: 'item.archived', version: 3 },
      { ...common, type: 'item.restored', version: 4 },
    ]);
  });

  it('tells a movement with its lines', async () => {
    const start = await latest();
    const { body } = await api.operator.post('/movements', receipt(12));
    const [event, ...more] = await after(start);
    expect(more).toEqual([]);
    expect(pick(event!, 'type', 'resourceId', 'version')).toEqual({
      type: 'movement.posted',
      resourceId: body.id,
      version: null,
    });
    expect(event!.data).toEqual({
      type: 'receipt',
      reference: 'PO-1',
      lineCount: 1,
      lines: [
        {
          item: { id: item, sku: 'FEED' },
          location: { id: expect.any(String) as unknown, code: 'MAIN' },
          delta: 12,
          onHandAfter: 12,
        },
      ],
    });
  });

  it('tells what becomes of locations, reservations, imports, people and keys', async () => {
    const start = await latest();
    const location = (await api.operator.post('/locations', { code: 'FEED', name: 'Feed' })).body.id as string;
    const lines = [{ item, location: { code: 'MAIN' }, quantity: 1 }];
    const held = (await api.operator.post('/reservations', { lines })).body.id as string;
    const committed = (await api.operator.post(`/reservations/${held}/commit`)).body.id as string;
    const released = (await api.operator.post('/reservations', { lines })).body.id as string;
    await api.operator.post(`/reservations/${released}/release`);
    const user = (
      await api.admin.post('/users', {
        email: 'f@example.com',
        name: 'F',
        role: 'viewer',
        password: 'a long password of F7',
      })
    ).body.id as string;
    await api.admin.patch(`/users/${user}`, { role: 'operator' });
    await api.admin.delete(`/users/${user}`);
    const key = (await api.admin.post('/api-keys', { name: 'K', role: 'viewer' })).body.id as string;
    await api.admin.delete(`/api-keys/${key}`);
    const told = (await after(start)).map(({ type, resourceId, createdBy }) => [type, resourceId, createdBy.name]);
    expect(told).toEqual([
      ['location.created', location, 'Test operator'],
      ['reservation.held', held, 'Test operator'],
      ['movement.posted', committed, 'Test operator'],
      ['reservation.committed', held, 'Test operator'],
      ['reservation.held', released, 'Test operator'],
      ['reservation.released', released, 'Test operator'],
      ['user.created', user, 'Test admin'],
      ['user.updated', user, 'Test admin'],
      ['user.removed', user, 'Test admin'],
      ['api-key.created', key, 'Test admin'],
      ['api-key.removed', key, 'Test admin'],
    ]); // prettier-ignore
  });

  it('has nothing of a change that was refused', async () => {
    const start = await latest();
    expect((await api.operator.post('/items', { sku: 'feed', name: 'Again' })).status).toBe(409);
    const refused = await api.operator.post('/movements', { ...receipt(1000), type: 'issue' });
    expect(refused.status).toBe(409);
    expect(await after(start)).toEqual([]);
  });

  it('is read in pages, each of which goes on where the one before ended', async () => {
    const start = await latest();
    for (let n = 0; n < 5; n++) await api.operator.post('/movements', receipt());
    const whole = (await after(start)).map(({ id }) => id);
    const paged: string[] = [];
    const flags: boolean[] = [];
    for (let cursor = start, more = true; more;) {
      const { body } = await api.admin.get(`/events?after=${cursor}&limit=2`);
      paged.push(...(body.items as FeedEvent[]).map(({ id }) => id));
      flags.push((more = body.hasMore as boolean));
      cursor = body.nextCursor as string;
    }
    expect(whole).toHaveLength(5);
    expect({ paged, flags }).toEqual({ paged: whole, flags: [true, true, false] });
    expect((await after(whole[2]!)).map(({ id }) => id)).toEqual(whole.slice(3));
  });

  it('leaves out other types than those asked for, and its cursor passes over them', async () => {
    const start = await latest();
    await api.operator.post('/movements', receipt());
    await api.operator.patch(`/items/${item}`, { name: 'Fed again' });
    await api.operator.post('/movements', receipt());
    const { body } = await api.admin.get(`/events?after=${start}&types=item.updated,location`);
    expect((body.items as FeedEvent[]).map(({ type }) => type)).toEqual(['item.updated']);
    expect(body.nextCursor).toBe(await latest());
  });

  it('does not wait for a transaction that goes on, and tells its changes once it is committed', async () => {
    const start = await latest();
    let release!: () => void;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    let hasWritten!: () => void;
    const written = new Promise<void>((resolve) => (hasWritten = resolve));
    const long = api.database.transaction(async (tx) => {
      await tx.query(sql`UPDATE location SET name = 'Later', version = version + 1 WHERE code = 'FEED'`);
      hasWritten();
      await isReleased;
    });
    await written;
    await api.operator.post('/movements', receipt());
    const { body } = await api.admin.get(`/events?after=${start}`);
    expect((body.items as FeedEvent[]).map(({ type }) => type)).toEqual(['movement.posted']);
    release();
    await long;
    expect((await after(body.nextCursor as string)).map(({ type }) => type)).toEqual(['location.updated']);
  });

  it('tells viewers and operators nothing of people and keys', async () => {
    const start = await latest();
    await api.admin.post('/api-keys', { name: 'Secret', role: 'viewer' });
    for (const client of [api.viewer, api.operator]) {
      expect(await after(start, client)).toEqual([]);
      const { status, body } = await client.get('/events?types=movement,api-key.created');
      expect({ status, type: body.type, detail: body.detail }).toEqual({
        status: 403,
        type: '/api/problems/forbidden',
        detail: expect.stringMatching(/^Events of user, api-key and webhook need the role admin; you are (viewer|operator)\.$/) as unknown,
      }); // prettier-ignore
    }
  });

  it.each(['after=x', 'after=1-', 'after=-1-1', 'after=9999999999999999999-1', 'after=01-1', 'types=items', 'types=item,', 'limit=0', 'limit=201', 'cursor=1-1'])(
    'refuses what it does not understand: %s',
    async (query) => {
      const { status, body } = await api.admin.get(`/events?${query}`);
      expect({ status, type: body.type, pointer: body.errors[0].pointer }).toEqual({
        status: 400,
        type: '/api/problems/invalid-parameters',
        pointer: `/${query.split('=')[0]}`,
      });
    },
  ); // prettier-ignore

  it('answers 410 to a cursor that it never gave: after the end, or of another event at this place', async () => {
    const [position, seq] = (await latest()).split('-').map(Number) as [number, number];
    for (const cursor of [`${position + 1}-${seq + 1}`, `${position}-${seq + 1}`])
      expect(await api.admin.get(`/events?after=${cursor}`)).toEqual(
        problem('cursor-expired', {
          detail:
            'The events after this cursor are no longer kept. Take nextCursor of GET /api/v1/events?after=latest, read what you follow as a whole, and go on from that cursor.',
        }),
      );
  });

  it('forgets what is older than 30 days, and answers 410 to cursors from before', async () => {
    const first = ((await api.admin.get('/events')).body.items as FeedEvent[])[0]!;
    const last = await latest();
    await asOwner(
      testDatabase,
      `ALTER TABLE event DISABLE TRIGGER ALL; ALTER TABLE event_batch DISABLE TRIGGER ALL;
       UPDATE event SET created_at = created_at - interval '31 days'; UPDATE event_batch SET created_at = created_at - interval '31 days';
       ALTER TABLE event ENABLE TRIGGER ALL; ALTER TABLE event_batch ENABLE TRIGGER ALL`,
    );
    await api.operator.post('/movements', receipt());
    await api.admin.get('/events');
    await api.app.get(EventService, { strict: false }).deleteOld();
    expect((await api.admin.get(`/events?after=${first.id}`)).status).toBe(410);
    expect((await after(last)).map(({ type }) => type)).toEqual(['movement.posted']);
    expect(((await api.admin.get('/events')).body.items as FeedEvent[]).map(({ type }) => type)).toEqual([
      'movement.posted',
    ]);
    expect(await api.database.query(sql`SELECT count(*)::int AS n FROM event`)).toEqual([{ n: 1 }]);
  });

  it('goes on in a database that was restored into a server whose transaction ids are lower', async () => {
    const start = await latest();
    await asOwner(
      testDatabase,
      `ALTER TABLE event_batch DISABLE TRIGGER ALL; ALTER TABLE event DISABLE TRIGGER ALL;
       UPDATE event_batch SET snapshot = '900000000:900000003:900000001', xid = '900000004';
       UPDATE event SET xid = '900000002';
       ALTER TABLE event_batch ENABLE TRIGGER ALL; ALTER TABLE event ENABLE TRIGGER ALL`,
    );
    await api.operator.post('/movements', receipt());
    const first = await after(start);
    await api.operator.post('/movements', receipt());
    const both = await after(start);
    expect(first).toHaveLength(1);
    expect(both.map(({ type }) => type)).toEqual(['movement.posted', 'movement.posted']);
    expect(both[0]).toEqual(first[0]);
  });

  it.each(['UPDATE event SET type = $$x$$', 'DELETE FROM event', 'TRUNCATE event', 'DELETE FROM event_batch', 'UPDATE event_batch SET last_seq = 0', 'TRUNCATE event_batch'])(
    'cannot be changed, by the application for want of rights and by the owner because of a trigger: %s',
    async (statement) => {
      await expect(api.database.query(sql`${raw(statement)}`)).rejects.toThrow(/permission denied for table event/);
      await expect(asOwner(testDatabase, statement)).rejects.toThrow(/events are append-only for 30 days/);
    },
  ); // prettier-ignore
});
