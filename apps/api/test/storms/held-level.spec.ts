import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import type { Queryable } from '../../src/database/database.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import type { TestResponse } from '../../../../test/support/client.ts';
import { inParallel } from '../support/cluster.ts';
import { expectLedgerToHold } from '../support/ledger.ts';
import { until } from '../../../../test/support/until.ts';
import { problem } from '../../../../test/support/responses.ts';

let api: TestApi;
let held: string;
let free: string[];

const lines = (item: string) => [{ item, location: { code: 'MAIN' }, quantity: 1 }];
const receive = (item: string) => api.operator.post('/movements', { type: 'receipt', lines: lines(item) });
const reserve = (item: string) => api.operator.post('/reservations', { lines: lines(item) });

beforeAll(async () => {
  api = await startApi();
  const items = await inParallel(5, 5, async (n) => {
    const { body } = await api.operator.post('/items', { sku: `LOCK-${n}`, name: 'Lock' });
    await receive(body.id as string);
    return body.id as string;
  });
  [held, ...free] = items as [string, ...string[]];
});
afterAll(() => api.close());

/** Does `work` while another transaction holds the locks of the items' levels. */
const whileHeld = <T>(items: string | string[], work: (holder: Queryable) => Promise<T>): Promise<T> =>
  api.database.transaction(
    async (tx) => {
      await tx.query(sql`SELECT FROM stock_level WHERE item_id = ANY(${[items].flat()}::uuid[]) FOR UPDATE`);
      return work(tx);
    },
    { isBackground: true },
  );

function expectLockHeld({ status, headers, body }: TestResponse): void {
  expect({ status, type: body.type, detail: body.detail, retryAfter: headers['retry-after'] }).toEqual({
    status: 503,
    type: '/api/problems/unavailable',
    detail: 'Another request is changing the same data; send this one again after a second.',
    retryAfter: '1',
  });
}

describe('a level whose lock another transaction holds', () => {
  it('gives 503 with Retry-After to all that changes it, while other items are changed', async () => {
    const { body: movement } = await receive(held);
    await receive(held);
    const reservations = await inParallel(2, 1, async () => (await reserve(held)).body.id as string);
    const changes = [
      () => receive(held),
      () => reserve(held),
      () => api.operator.post(`/movements/${movement.id}/reverse`),
      () => api.operator.post(`/reservations/${reservations[0]}/commit`),
      () => api.operator.post(`/reservations/${reservations[1]}/release`),
    ];
    await whileHeld(held, async () => {
      const waiting = inParallel(10, 10, (n) => changes[n % changes.length]!());
      const others = await inParallel(40, 8, (n) => (n % 2 ? receive : reserve)(free[(n >> 1) % free.length]!));
      expect(others.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
      for (const reply of await waiting) expectLockHeld(reply);
    });
    const replies = await inParallel(changes.length, 1, (n) => changes[n]!());
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201, 200]);
    await expectLedgerToHold(api.database);
  });

  it('ends a reservation once and reverses a movement once, where all who want to are written together', async () => {
    const { body: movement } = await receive(held);
    await inParallel(8, 1, () => receive(held));
    const { body: reservation } = await reserve(held);
    // Others of the level: what is ended twice would be taken from them, which no constraint of the database sees.
    await inParallel(4, 1, () => reserve(held));
    const paths = [
      ...['commit', 'release', 'commit', 'release'].map((end) => `/reservations/${reservation.id}/${end}`),
      ...Array<string>(3).fill(`/movements/${movement.id}/reverse`),
    ];
    let replies: Promise<TestResponse[]> | undefined;
    await whileHeld(held, async (holder) => {
      replies = inParallel(paths.length, paths.length, (n) => api.operator.post(paths[n]!));
      await until('they wait for the lock', async () => (await lockWaits(holder)) > 0);
      await sleep(200); // The last of them joins the first.
    });
    const statuses = (await replies!).map(({ status }) => status);
    const isDone = (status: number) => status === 200 || status === 201;
    expect(statuses.filter((status) => !isDone(status) && status !== 409)).toEqual([]);
    expect([statuses.slice(0, 4), statuses.slice(4)].map((some) => some.filter(isDone).length)).toEqual([1, 1]);
    await expectLedgerToHold(api.database);
  });

  it('lets its movements be written between transactions that hold the lock one right after the other', async () => {
    let written: Promise<TestResponse[]> | undefined;
    let isOver = false;
    /** Holds the lock for a while and until another waits for it, so that it is never free for a moment. */
    const relay = async () => {
      while (!isOver)
        await whileHeld(held, async (holder) => {
          if (!written) {
            expectLockHeld(await receive(held));
            written = inParallel(10, 10, () => receive(held)).finally(() => (isOver = true));
          }
          await sleep(250);
          await until('another waits for the lock', async () => isOver || (await lockWaits(holder)) > 0);
        });
    };
    await Promise.all([relay(), relay()]);
    expect((await written!).map(({ status }) => status)).toEqual(Array<number>(10).fill(201));
    await expectLedgerToHold(api.database);
  });

  it('delays no other item, however many levels are held and waited for', async () => {
    const many = await inParallel(8, 8, async (n) => {
      const { body } = await api.operator.post('/items', { sku: `MANY-${n}`, name: 'Many' });
      await receive(body.id as string);
      return body.id as string;
    });
    await whileHeld(many, async () => {
      const waiting: Promise<TestResponse>[] = [];
      let [refused, writtenMeanwhile] = [0, 0];
      for (const item of many) {
        waiting.push(receive(item).finally(() => refused++));
        expect((await receive(free[0]!)).status).toBe(201);
        if (refused === 0) writtenMeanwhile++;
      }
      expect(writtenMeanwhile).toBeGreaterThan(0);
      for (const reply of await Promise.all(waiting)) expectLockHeld(reply);
    });
    const replies = await inParallel(many.length, 8, (n) => receive(many[n]!));
    expect(replies.map(({ status }) => status)).toEqual(Array<number>(many.length).fill(201));
    await expectLedgerToHold(api.database);
  });

  it('takes at most half of the connections for requests that wait for it, so that reads and other items go on', async () => {
    await whileHeld(held, async (holder) => {
      const waiting = inParallel(40, 40, () => reserve(held));
      const atOnce = await until('some wait for the lock', async () => (await lockWaits(holder)) || undefined);
      const reads = inParallel(20, 5, () => api.viewer.get(`/items/${held}`));
      const counts = [atOnce];
      const other = until('another item is reserved', async () => (await reserve(free[0]!)).status === 201);
      let isOver = false;
      void waiting.then(() => (isOver = true));
      while (!isOver) counts.push(await lockWaits(holder));
      for (const { status } of await reads) expect(status).toBe(200);
      for (const reply of await waiting)
        expect(reply).toEqual(problem('unavailable', { headers: { 'retry-after': '1' } }));
      await other;
      expect(Math.max(...counts)).toBeLessThanOrEqual(api.options.poolSize / 2);
    });
    expect((await reserve(held)).status).toBe(201);
  });
});

/** How many connections to this database wait for a lock. */
async function lockWaits(holder: Queryable): Promise<number> {
  // Within a transaction the view would stay as it was first seen.
  await holder.query(sql`SELECT pg_stat_clear_snapshot()`);
  const rows = await holder.query(
    sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length;
}
