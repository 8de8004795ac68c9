import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import type { Queryable } from '../../src/database/database.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import type { TestResponse } from '../../../../test/support/client.ts';
import { inParallel } from '../support/cluster.ts';
import { expectLedgerToHold } from '../support/ledger.ts';
import { until } from '../../../../test/support/until.ts';

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

/** Does `work` while another transaction holds the lock of the item's levels. */
const whileHeld = <T>(item: string, work: (holder: Queryable) => Promise<T>): Promise<T> =>
  api.database.transaction(async (tx) => {
    await tx.query(sql`SELECT FROM stock_level WHERE item_id = ${item} FOR UPDATE`);
    return work(tx);
  });

function expectLockHeld({ status, headers, body }: TestResponse): void {
  expect({ status, type: body.type, detail: body.detail, retryAfter: headers['retry-after'] }).toEqual({
    status: 503,
    type: '/api/problems/unavailable',
    detail: 'Another request is changing the same data; send this one again in a moment.',
    retryAfter: '1',
  });
}

describe('a level whose lock another transaction holds', () => {
  it('gives its own movements 503 with Retry-After, while those of other items are written', async () => {
    await whileHeld(held, async () => {
      const waiting = inParallel(10, 10, () => receive(held));
      await inParallel(40, 8, (n) =>
        until('the other is written', async () => (await receive(free[n % free.length]!)).status === 201),
      );
      for (const reply of await waiting) expectLockHeld(reply);
    });
    expect((await receive(held)).status).toBe(201);
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
      for (const reply of await waiting) expect(reply).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
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
