import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import type { Event } from '#contracts';
import { Database } from '../../src/database/database.ts';
import { Client } from '../../../../test/support/client.ts';
import { type Cluster, inParallel, startCluster } from '../support/cluster.ts';
import { pageReader, streamReader } from '../support/feed-readers.ts';
import { expectLedgerToHold } from '../support/ledger.ts';

let cluster: Cluster;
/** Not the API's, whose connections are ended. */
let direct: Database;
let items: string[];

beforeAll(async () => {
  cluster = await startCluster(2);
  direct = new Database({ ...cluster.api.options, poolSize: 8 });
  const made = await inParallel(4, 4, (n) => cluster.api.operator.post('/items', { sku: `FEED-${n}`, name: 'Feed' }));
  items = made.map(({ body }) => body.id as string);
  await cluster.api.operator.post('/locations', { code: 'SHOP', name: 'Shop' });
});
afterAll(async () => {
  await direct.close();
  await cluster.close();
});

const main = { code: 'MAIN' };
const shop = { code: 'SHOP' };

/** One change of stock or of the catalogue. It may fail: what counts is what is in the database in the end. */
async function change(client: Client, n: number): Promise<void> {
  const item = items[n % items.length];
  const other = items[(n + 1) % items.length];
  switch (n % 6) {
    case 0:
      await client.patch(`/items/${items[(n / 6) % items.length]}`, { name: `Name ${n}` });
      return;
    case 1: {
      const lines = [{ item, location: main, quantity: 1 }, { item: other, location: main, quantity: 1 }]; // prettier-ignore
      const { status, body } = await client.post('/reservations', { lines });
      if (status === 201) await client.post(`/reservations/${body.id}/${n % 4 === 1 ? 'commit' : 'release'}`);
      return;
    }
    case 2:
      await client.post('/movements', { type: 'transfer', lines: [{ item, from: main, to: shop, quantity: 1 }, { item: other, from: main, to: shop, quantity: 1 }] }); // prettier-ignore
      return;
    default:
      await client.post('/movements', { type: 'receipt', lines: [{ item, location: main, quantity: 5 }] });
  }
}

/** Takes its number first and commits late, as an import does; every third is rolled back. */
const commitLate = (n: number) =>
  direct
    .transaction(async (tx) => {
      await tx.query(sql`UPDATE location SET name = ${`Name ${n}`}, version = version + 1 WHERE code = 'SHOP'`);
      await sleep(150);
      if (n % 3 === 0) throw new Error('rolled back');
    })
    .catch(() => undefined);

/** What is often done instead: whatever has a higher number than the last. */
async function readByNumber(isRunning: () => boolean): Promise<Set<string>> {
  const read = new Set<string>();
  for (let last = '0'; isRunning(); await sleep(10)) {
    const rows = await direct
      .query<{ seq: string }>(sql`SELECT seq FROM event WHERE seq > ${last}::bigint ORDER BY seq`)
      .catch(() => []);
    for (const { seq } of rows) read.add(seq);
    last = rows.at(-1)?.seq ?? last;
  }
  return read;
}

it('gives each committed change once and in order to a reader of pages and to two of streams, while connections end, a task is killed and transactions commit late', async () => {
  const victim = await cluster.start();
  const start = (await cluster.api.admin.get('/events')).body.nextCursor as string;
  let turn = 0;
  const urls = [...cluster.processes, victim].map(({ url }) => url);
  const admin = () => new Client(urls[turn++ % urls.length]!, cluster.api.admin.token);
  const operators = urls.map((url) => new Client(url, cluster.api.operator.token));
  const readers = [pageReader(admin, start), streamReader(admin, start), streamReader(admin, start)];

  let isRunning = true;
  const byNumber = readByNumber(() => isRunning);
  let ended = 0;
  const killer = (async () => {
    for (; isRunning; await sleep(200)) {
      const rows = await direct.query(sql`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'stockroom-api' AND pid <> pg_backend_pid()
          AND query NOT LIKE '%location%' AND query NOT LIKE '%FROM event WHERE%' ORDER BY random() LIMIT 2`);
      ended += rows.length;
    }
  })();
  const late = (async () => {
    for (let n = 0; isRunning; n++) await commitLate(n);
  })();
  await inParallel(400, 16, async (n) => {
    if (n === 200) victim.child.kill('SIGKILL');
    await change(operators[n % operators.length]!, n).catch(() => undefined);
  });
  isRunning = false;
  await Promise.all([killer, late]);
  const numbers = await byNumber;

  // All tasks are at the end where the last change of all is read.
  const { body: last } = await cluster.api.admin.get('/events?after=latest');
  const [paged = [], ...streamed] = await Promise.all(
    readers.map((reader) => reader.finish(last.nextCursor as string)),
  );

  expect(ended).toBeGreaterThan(0);
  expect(new Set(paged.map(({ id }) => id)).size).toBe(paged.length);
  for (const stream of streamed) expect(stream.map(({ id }) => id)).toEqual(paged.map(({ id }) => id));
  await expectLedgerToHold(cluster.api.database);
  await expectMovementsIn(paged);
  await expectVersionsIn(paged);
  await expectReservationsIn(paged);
  // The storm would have found a reader that goes by numbers.
  const [missed] = await direct.query<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM event WHERE NOT seq = ANY(${[...numbers]}::bigint[])`,
  );
  expect(missed!.n).toBeGreaterThan(0);
});

/** Every movement once, and of each level in the order of the ledger: each line goes on from what the one before left. */
async function expectMovementsIn(events: Event[]): Promise<void> {
  const told = events.filter(({ type }) => type === 'movement.posted');
  const written = await direct.query<{ id: string }>(sql`SELECT id FROM movement ORDER BY id`);
  expect(told.map(({ resourceId }) => resourceId).sort()).toEqual(written.map(({ id }) => id));
  const onHand = new Map<string, number>();
  const breaks: unknown[] = [];
  for (const { resourceId, data } of told)
    for (const { item, location, delta, onHandAfter } of data.lines as Line[]) {
      const level = `${item.id} ${location.id}`;
      const expected = (onHand.get(level) ?? 0) + delta;
      if (expected !== onHandAfter) breaks.push({ resourceId, level, expected, onHandAfter });
      onHand.set(level, onHandAfter);
    }
  expect(breaks).toEqual([]);
}

interface Line {
  item: { id: string };
  location: { id: string };
  delta: number;
  onHandAfter: number;
}

/** Every version of what has versions, each after the one before. */
async function expectVersionsIn(events: Event[]): Promise<void> {
  const rows = await direct.query<{ id: string; version: number }>(sql`
    SELECT id, version FROM item UNION ALL SELECT id, version FROM location WHERE code = 'SHOP'`);
  for (const { id, version } of rows) {
    const told = events.filter(({ resourceId }) => resourceId === id).map((event) => event.version!);
    const first = told[0]!;
    expect(told).toEqual(Array.from({ length: version - first + 1 }, (_, n) => first + n));
  }
}

/** Each reservation is held once, and ends as the table says. */
async function expectReservationsIn(events: Event[]): Promise<void> {
  const rows = await direct.query<{ id: string; state: string }>(sql`SELECT id, state FROM reservation`);
  const told = Map.groupBy(
    events.filter(({ type }) => type.startsWith('reservation.')),
    ({ resourceId }) => resourceId,
  );
  expect(told.size).toBe(rows.length);
  for (const { id, state } of rows)
    expect(told.get(id)!.map(({ type }) => type)).toEqual(
      state === 'held' ? ['reservation.held'] : ['reservation.held', `reservation.${state}`],
    );
}
