import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { ReservationService } from '../../src/stock/reservations/reservation.service.ts';
import { Client } from '../../../../test/support/client.ts';
import { type Cluster, inParallel, startCluster, tally } from '../support/cluster.ts';
import { expectLedgerToHold } from '../support/ledger.ts';
import { until } from '../../../../test/support/until.ts';
import { problem } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let cluster: Cluster;
let items: string[];
let n = 0;

beforeAll(async () => {
  cluster = await startCluster(2);
  await cluster.api.operator.post('/locations', { code: 'SHOP', name: 'Shop' });
});
afterAll(() => cluster.close());

const location = { code: 'MAIN' };
const shop = { code: 'SHOP' };
const post = (type: string, lines: object[], client = cluster.operator()) => client.post('/movements', { type, lines });
const statuses = (replies: { status: number }[]) => tally(replies.map(({ status }) => status));

/** Levels that hold more than is there. What is overdue is held on paper only, and its stock may have gone to others. */
const promisedTwice = () =>
  cluster.api.database.query(sql`
    SELECT * FROM stock_level LEFT JOIN overdue_hold USING (item_id, location_id) WHERE reserved - coalesce(quantity, 0) > on_hand`);

/** Three items, each with so many on hand in MAIN. */
async function stock(quantity: number): Promise<void> {
  const made = await inParallel(3, 3, () =>
    cluster.api.operator.post('/items', { sku: `STORM-${++n}`, name: 'Storm' }),
  );
  items = made.map(({ body }) => body.id as string);
  await post(
    'receipt',
    items.map((item) => ({ item, location, quantity })),
  );
}

describe('two processes on one database', () => {
  beforeEach(() => stock(5_000));

  it('let 10,000 issues of 1 from 5,000 in stock succeed exactly 5,000 times', async () => {
    const replies = await inParallel(10_000, 64, () => post('issue', [{ item: items[0], location, quantity: 1 }]));
    expect(statuses(replies)).toEqual({ 201: 5_000, 409: 5_000 });
    expect((await cluster.api.viewer.get(`/items/${items[0]}`)).body.onHand).toBe(0);
    await expectLedgerToHold(cluster.api.database);
  });

  it('move stock in both directions between the same levels without a deadlock that a caller sees', async () => {
    await post(
      'transfer',
      items.map((item) => ({ item, from: location, to: shop, quantity: 2_500 })),
    );
    const replies = await inParallel(1_000, 32, (i) => {
      const [from, to] = i % 2 ? [location, shop] : [shop, location];
      const lines = items.map((item) => ({ item, from, to, quantity: 1 }));
      return post('transfer', i % 3 ? lines : lines.reverse());
    });
    expect(statuses(replies)).toEqual({ 201: 1_000 });
    await expectLedgerToHold(cluster.api.database);
  });

  it('end a reservation once, when commit, release and expiry come together', async () => {
    const [item] = items;
    const expiry = cluster.api.app.get(ReservationService, { strict: false });
    const held = await inParallel(60, 8, async () => {
      const { body } = await cluster.operator().post('/reservations', { lines: [{ item, location, quantity: 2 }] });
      return body.id as string;
    });
    const endings = await inParallel(held.length, 6, async (i) => {
      const id = held[i]!;
      await cluster.api.database.query(
        sql`UPDATE reservation SET expires_at = clock_timestamp() + interval '8 milliseconds' WHERE id = ${id}`,
      );
      await sleep(i % 12);
      const [commit, release] = await Promise.all([
        cluster.operator().post(`/reservations/${id}/commit`),
        cluster.operator().post(`/reservations/${id}/release`),
        expiry.expire(),
      ]);
      return [commit.status, release.status];
    });
    await until('each has ended', async () => {
      await expiry.expire();
      const held = await cluster.api.database.query(sql`SELECT FROM reservation WHERE state = 'held'`);
      return held.length === 0;
    });
    const rows = await cluster.api.database.query<{ state: string; n: number }>(
      sql`SELECT state, count(*)::int AS n FROM reservation GROUP BY state`,
    );
    const ended = Object.fromEntries(rows.map(({ state, n: count }) => [state, count]));
    expect(endings.flat().every((status) => [200, 201, 409].includes(status))).toBe(true);
    expect(endings.filter(([commit]) => commit === 201)).toHaveLength(ended.committed ?? 0);
    expect(endings.filter(([, release]) => release === 200)).toHaveLength(ended.released ?? 0);
    expect((ended.committed ?? 0) + (ended.released ?? 0) + (ended.expired ?? 0)).toBe(60);
    expect(pick((await cluster.api.viewer.get(`/items/${item}`)).body, 'onHand', 'reserved')).toEqual({
      onHand: 5_000 - 2 * (ended.committed ?? 0),
      reserved: 0,
    });
    await expectLedgerToHold(cluster.api.database);
  });

  it('keep every sum right, while reservations are committed in parts, extended, released, and expire', async () => {
    await post('adjustment', items.map((item) => ({ item, location, delta: -4_850, reason: 'smaller' }))); // prettier-ignore
    const expiry = cluster.api.app.get(ReservationService, { strict: false });
    const held = await inParallel(60, 8, async (i) => {
      const lines = [{ item: items[i % 3], location, quantity: 4 }, { item: items[(i + 1) % 3], location, quantity: 3 }]; // prettier-ignore
      return (await cluster.operator().post('/reservations', { lines })).body.id as string;
    });
    let issued = 0;
    const replies = await inParallel(900, 32, async (i) => {
      const n = i % held.length;
      const path = `/reservations/${held[n]}`;
      switch ((i * 7) % 9) {
        case 0: return cluster.operator().patch(path, { ttlSeconds: 600 });
        case 1: return i > 600 ? cluster.operator().post(`${path}/release`) : cluster.operator().patch(path, { reference: `${i}` });
        case 2:
          await cluster.api.database.query(sql`UPDATE reservation SET expires_at = clock_timestamp() WHERE id = ${held[n]} AND ${i % 4 === 0}`);
          await expiry.expire();
          return undefined;
        case 3: return cluster.operator().post('/reservations', { ttlSeconds: 1, lines: [{ item: items[n % 3], quantity: 2 }] });
        default: {
          const lines = [{ item: items[(n + (i % 2)) % 3], location, quantity: 1 + (i % 3) }];
          const reply = await cluster.operator().post(`${path}/commit`, { lines, keepRest: i % 10 !== 0 });
          if (reply.status === 201) issued += lines[0]!.quantity;
          return reply;
        }
      }
    }); // prettier-ignore
    const counts = statuses(replies.flatMap((reply) => reply ?? []));
    expect(Object.keys(counts).filter((status) => !['200', '201', '409', '422'].includes(status))).toEqual([]);
    expect(counts[201]).toBeGreaterThan(60);
    const { sum } = await cluster.api.database.one<{ sum: number }>(sql`
      SELECT sum(on_hand)::int AS sum FROM stock_level WHERE item_id = ANY(${items}::uuid[])`);
    expect(sum).toBe(450 - issued);
    expect(await promisedTwice()).toEqual([]);
    await expectLedgerToHold(cluster.api.database);
  });

  it('never promise more than there is, while stock is held, issued, counted and adjusted', async () => {
    await post(
      'adjustment',
      items.map((item) => ({ item, location, delta: -4_900, reason: 'smaller' })),
    );
    const replies = await inParallel(600, 32, (i) => {
      const item = items[i % 3];
      switch (i % 4) {
        case 0: return cluster.operator().post('/reservations', { ttlSeconds: 1, lines: [{ item, location, quantity: 3 }, { item: items[(i + 1) % 3], location, quantity: 1 }] });
        case 1: return post('issue', [{ item, location, quantity: 2 }]);
        case 2: return post('receipt', [{ item, location, quantity: 1 }, { item: items[(i + 2) % 3], location, quantity: 1 }]);
        default: return post('adjustment', [{ item, location, delta: 1, reason: 'found' }]);
      }
    }); // prettier-ignore
    expect(Object.keys(statuses(replies)).every((status) => ['201', '409'].includes(status))).toBe(true);
    await expectLedgerToHold(cluster.api.database);
    expect(await promisedTwice()).toEqual([]);
  });

  it('keep the ledger and the levels one, while an import, counts and issues work on the same items', async () => {
    const skus = Array.from({ length: 200 }, (_, i) => `MIXED-${n}-${i}`);
    const csv = ['sku,name,location,quantity', ...skus.map((sku) => `${sku},Mixed,MAIN,50`)].join('\n');
    const upload = async () => {
      const { body } = await cluster
        .operator()
        .send('POST', '/imports?stock=add&again=true', csv, { 'content-type': 'text/csv' });
      return body.id as string;
    };
    const isDone = async (id: string) => (await cluster.api.viewer.get(`/imports/${id}`)).body.state === 'done';
    const first = await upload();
    await until('the first import is done', () => isDone(first));
    const imports = await inParallel(4, 4, upload);
    const replies = await inParallel(1_200, 32, (i) => {
      const place = { item: { sku: skus[i % skus.length]! }, location };
      return i % 5 ? post('issue', [{ ...place, quantity: 1 }]) : post('count', [{ ...place, counted: 40 }]);
    });
    for (const id of imports) await until('an import is done', () => isDone(id), 180_000);
    expect(statuses(replies)).toEqual({ 201: 1_200 });
    for (const id of imports)
      expect(pick((await cluster.api.viewer.get(`/imports/${id}`)).body, 'updated', 'failed')).toEqual({
        updated: 200,
        failed: 0,
      });
    await expectLedgerToHold(cluster.api.database);
  });

  it('give one effect and one answer to an idempotency key that comes 50 times at once', async () => {
    const body = { type: 'receipt', lines: [{ item: items[0], location, quantity: 1 }] };
    const headers = { 'idempotency-key': randomUUID() };
    const replies = await inParallel(50, 50, () => cluster.operator().post('/movements', body, headers));
    const again = await cluster.operator().post('/movements', body, headers);
    expect(again.status).toBe(201);
    for (const reply of replies) {
      if (reply.status === 201) expect(reply.body).toEqual(again.body);
      else expect(reply).toEqual(problem('key-in-use'));
    }
    expect((await cluster.api.viewer.get(`/items/${items[0]}`)).body.onHand).toBe(5_001);
  });

  it('lose no movement that was answered, and leave none half-done, when one is killed in the middle', async () => {
    const victim = await cluster.start();
    const client = new Client(victim.url, cluster.api.operator.token);
    const answered: string[] = [];
    const storm = inParallel(2_000, 32, async () => {
      const reply = await post('transfer', items.map((item) => ({ item, from: location, to: shop, quantity: 1 })), client).catch(() => undefined);
      if (reply?.status === 201) answered.push(reply.body.id as string);
      if (answered.length === 300) victim.child.kill('SIGKILL');
    }); // prettier-ignore
    await storm;
    expect(answered.length).toBeGreaterThanOrEqual(300);
    expect(answered.length).toBeLessThan(2_000);
    const [found] = await cluster.api.database.query<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM movement WHERE id = ANY(${answered}::uuid[])`,
    );
    expect(found!.n).toBe(answered.length);
    const halfDone = await cluster.api.database.query(sql`
      SELECT seq FROM movement LEFT JOIN movement_line ON movement_seq = seq WHERE type = 'transfer'
      GROUP BY seq HAVING count(line_no) <> 6 OR sum(delta) <> 0`);
    expect(halfDone).toEqual([]);
    await expectLedgerToHold(cluster.api.database);
  });
});
