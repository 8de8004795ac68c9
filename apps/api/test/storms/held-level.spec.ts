import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import type { TestResponse } from '../../../../test/support/client.ts';
import { inParallel } from '../support/cluster.ts';
import { expectLedgerToHold } from '../support/ledger.ts';

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
const whileHeld = <T>(item: string, work: () => Promise<T>): Promise<T> =>
  api.database.transaction(async (tx) => {
    await tx.query(sql`SELECT FROM stock_level WHERE item_id = ${item} FOR UPDATE`);
    return work();
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
      const others = await inParallel(40, 8, (n) => receive(free[n % free.length]!));
      for (const { status } of others) expect(status).toBe(201);
      for (const reply of await waiting) expectLockHeld(reply);
    });
    expect((await receive(held)).status).toBe(201);
    await expectLedgerToHold(api.database);
  });

  it('gives reservations of it, more than there are connections, 503 with Retry-After, and reads succeed', async () => {
    await whileHeld(held, async () => {
      const waiting = inParallel(20, 20, () => reserve(held));
      const reads = await inParallel(5, 5, () => api.viewer.get(`/items/${held}`));
      for (const { status } of reads) expect(status).toBe(200);
      for (const reply of await waiting) expectLockHeld(reply);
    });
    expect((await reserve(held)).status).toBe(201);
  });
});
