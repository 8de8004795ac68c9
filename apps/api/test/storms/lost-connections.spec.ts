import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { Database } from '../../src/database/database.ts';
import { Housekeeping } from '../../src/housekeeping.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import type { TestResponse } from '../../../../test/support/client.ts';
import { inParallel } from '../support/cluster.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import { expectLedgerToHold } from '../support/ledger.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../../../../test/support/until.ts';

let api: TestApi;
let proxy: TcpProxy;
/** Straight to the server, past the proxy. */
let direct: Database;
let item: string;

const line = () => ({ item, location: { code: 'MAIN' }, quantity: 1 });
const receive = (key = randomUUID()) =>
  api.operator.post('/movements', { type: 'receipt', lines: [line()] }, { 'idempotency-key': key });
const hold = (key = randomUUID()) =>
  api.operator.post('/reservations', { lines: [line()] }, { 'idempotency-key': key });
const rename = () => api.operator.patch(`/items/${item}`, { name: `Name ${randomUUID()}` });

beforeAll(async () => {
  const made = await createTestDatabase();
  proxy = await startTcpProxy(made.options.url);
  direct = new Database({ ...made.options, poolSize: 2 });
  // A server that stalls is given up after statement_timeout and five seconds more.
  const options = { ...made.options, url: proxy.url, statementTimeoutMs: 1_000, poolSize: 4 };
  api = await startApi({ options, drop: made.drop });
  // A connection that is broken is to be a request's, never a sweep's.
  api.app.get(Housekeeping).beforeApplicationShutdown();
  item = (await api.operator.post('/items', { sku: 'CUT', name: 'Cut' })).body.id;
  await api.operator.post('/movements', { type: 'receipt', lines: [{ ...line(), quantity: 1_000 }] });
});
afterAll(async () => {
  await direct.close();
  await api.close();
  await proxy.close();
});

function expectUnavailable({ status, headers, body }: TestResponse): void {
  expect({ status, type: body.type, contentType: headers['content-type'], retryAfter: headers['retry-after'] }).toEqual(
    {
      status: 503,
      type: '/api/problems/unavailable',
      contentType: 'application/problem+json; charset=utf-8',
      retryAfter: '1',
    },
  );
}

const requests = [
  { name: 'a movement', send: receive },
  { name: 'a reservation', send: hold },
  { name: 'a change of an item', send: rename },
];
/** A statement is known by its parameter: PostgreSQL is sent its text once a connection only. */
const points = [
  { at: 'BEGIN', pattern: () => /BEGIN/ },
  { at: 'a statement', pattern: () => new RegExp(item) },
  { at: 'COMMIT', pattern: () => /COMMIT/ },
];

describe('a connection to the database that is lost', () => {
  for (const { name, send } of requests)
    for (const { at, pattern } of points)
      it(`at ${at} of ${name} gives 503 with Retry-After, and the next one succeeds`, async () => {
        proxy.breakOn(pattern(), 'cut');
        expectUnavailable(await send());
        expect((await send()).status).toBeLessThan(300);
      });

  it.each(['stall', 'garbage'] as const)(
    'because the server sends nothing, or not the protocol (%s), gives 503 with Retry-After, and the next one succeeds',
    async (fault) => {
      proxy.breakOn(new RegExp(item), fault);
      expectUnavailable(await receive());
      expect((await receive()).status).toBe(201);
    },
    60_000,
  );

  it('in a read gives 503 with Retry-After, and the next one succeeds', async () => {
    const read = () => api.viewer.get(`/items/${item}`);
    proxy.breakOn(new RegExp(item), 'cut');
    expectUnavailable(await read());
    expect((await read()).status).toBe(200);
  });

  it('during COMMIT says so, and the same request with the same key is done once', async () => {
    const before = (await api.viewer.get(`/items/${item}`)).body.onHand;
    const key = randomUUID();
    proxy.breakOn(/COMMIT/, 'cut');
    const lost = await receive(key);
    expect(lost.body.detail).toBe(
      'The connection to the database was lost during COMMIT, so the change may or may not have been made. ' +
        'Send the same request with the same Idempotency-Key: it is done once.',
    );
    expect((await receive(key)).status).toBe(201);
    expect((await receive(key)).headers['idempotency-replayed']).toBe('true');
    expect((await api.viewer.get(`/items/${item}`)).body.onHand).toBe(before + 1);
  });

  it('at random, ended by the server, loses no movement that was answered and leaves none half-done', async () => {
    let ended = 0;
    let isRunning = true;
    const answered: string[] = [];
    const killer = (async () => {
      let answeredAtLastEnd = -1;
      while (isRunning) {
        // On a slow machine a fixed rhythm would end every attempt, so one movement succeeds between two ends.
        if (answered.length > answeredAtLastEnd) {
          const rows = await direct.query(sql`
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' ORDER BY random() LIMIT 1`);
          ended += rows.length;
          if (rows.length > 0) answeredAtLastEnd = answered.length;
        }
        await sleep(20);
      }
    })();
    const replies = await inParallel(150, 8, async (n) => {
      const reply = await (n % 5 ? receive() : hold());
      if (reply.status === 201 && n % 5) answered.push(reply.body.id as string);
      return reply;
    }).finally(() => (isRunning = false));
    await killer;
    expect(ended).toBeGreaterThan(0);
    expect(answered.length).toBeGreaterThan(0);
    for (const reply of replies) if (reply.status !== 201) expectUnavailable(reply);
    const found = await direct.first<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM movement WHERE id = ANY(${answered}::uuid[])`,
    );
    expect(found!.n).toBe(answered.length);
    await expectLedgerToHold(direct);
    expect((await receive()).status).toBe(201);
  }, 120_000);

  it('all at once heals by itself', async () => {
    proxy.cutAll();
    const replies = await inParallel(20, 20, () => api.viewer.get('/items?limit=1'));
    for (const reply of replies) if (reply.status !== 200) expectUnavailable(reply);
    await until('a read succeeds', async () => (await api.viewer.get('/items?limit=1')).status === 200);
    expect((await api.anonymous.get('/health')).status).toBe(200);
  });
});
