import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { asOwner, createTestDatabase } from '../../../../test/support/database.ts';
import { hasPooler, type Pooler, startPooler } from '../../../../test/support/pooler.ts';
import { Database } from '../../src/database/database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { credentialsOf } from '../../src/database/roles/application-role.ts';
import { inParallel, tally } from '../support/cluster.ts';
import { expectLedgerToHold } from '../support/ledger.ts';

const LIMITS = { statementTimeoutMs: 21_000, lockTimeoutMs: 12_000 };

let pooler: Pooler;
let direct: Database;
let api: TestApi;
let items: string[];

const lines = (item: string, quantity = 1) => [{ item, location: { code: 'MAIN' }, quantity }];
const statuses = (replies: { status: number }[]) => tally(replies.map(({ status }) => status));

(process.env.CI === 'true' || hasPooler() ? describe : describe.skip)('behind PgBouncer in transaction mode', () => {
  beforeAll(async () => {
    const made = await createTestDatabase();
    const { options, ownerUrl, drop } = made;
    await asOwner(made, `ALTER DATABASE ${new URL(ownerUrl).pathname.slice(1)} SET timezone = 'Asia/Tokyo'`);
    pooler = await startPooler(ownerUrl, options.url);
    direct = new Database({ ...options, poolSize: 2 });
    const owner = new pg.Pool({ connectionString: pooler.urlOf(ownerUrl) });
    await migrate(owner, { ...credentialsOf(options.url), ...LIMITS });
    await owner.end();
    api = await startApi({ options: { ...options, ...LIMITS, url: pooler.urlOf(options.url) }, drop });
    const created = await inParallel(5, 5, (n) => api.operator.post('/items', { sku: `POOL-${n}`, name: `Pool ${n}` }));
    items = created.map(({ body }) => body.id as string);
    const all = items.flatMap((item) => lines(item, 1_000));
    expect((await api.operator.post('/movements', { type: 'receipt', lines: all })).status).toBe(201);
  });
  afterAll(async () => {
    await direct.close();
    await api.close();
    await pooler.stop();
  });

  it('movements, reservations, their ends and reversals come in at the same time and are booked once', async () => {
    const replies = await inParallel(200, 32, async (n) => {
      const item = items[n % items.length]!;
      const key = { 'idempotency-key': randomUUID() };
      if (n % 2) {
        const send = () => api.operator.post('/movements', { type: 'issue', lines: lines(item) }, key);
        const one = await send();
        expect((await send()).body).toEqual(one.body);
        return n % 4 === 1 ? one : await api.operator.post(`/movements/${one.body.id}/reverse`, {});
      }
      const held = await api.operator.post('/reservations', { lines: lines(item) }, key);
      return api.operator.post(`/reservations/${held.body.id}/${n % 4 ? 'commit' : 'release'}`, {});
    });
    expect(statuses(replies)).toEqual({ 200: 50, 201: 150 });
    await expectLedgerToHold(direct);
  });

  it('lists, searches, reports and exports read what is there', async () => {
    const [list, found, summary, csv] = await Promise.all([
      api.viewer.get('/items?limit=3'),
      api.viewer.get('/items?q=Pool'),
      api.viewer.get('/reports/summary'),
      api.viewer.get('/exports/items.csv'),
    ]);
    expect([list, found, summary, csv].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect([list.body.items.length, found.body.items.length]).toEqual([3, 5]);
  });

  it('a level that another session holds gets 503, and other items are booked meanwhile', async () => {
    const [held, free] = items as [string, string];
    const replies = await direct.transaction(
      async (tx) => {
        await tx.query(sql`SELECT FROM stock_level WHERE item_id = ${held} FOR UPDATE`);
        return Promise.all(
          [held, free].map((item) => api.operator.post('/movements', { type: 'issue', lines: lines(item) })),
        );
      },
      { isBackground: true },
    );
    expect(replies.map(({ status }) => status)).toEqual([503, 201]);
  });

  it("leaves nothing behind in the sessions that it borrows: they have the role's limits and no prepared statements", async () => {
    const sessions = await inParallel(20, 10, () => api.database.query(SESSION));
    expect(sessions).toEqual(
      sessions.map(() => [{ timezone: 'UTC', statement: '21s', lock: '12s', idle: '30s', prepared: 0 }]),
    );
  });
});

const SESSION = sql`
  SELECT current_setting('timezone') AS timezone, current_setting('statement_timeout') AS statement,
    current_setting('lock_timeout') AS lock, current_setting('idle_in_transaction_session_timeout') AS idle,
    (SELECT count(*)::int FROM pg_prepared_statements) AS prepared`;
