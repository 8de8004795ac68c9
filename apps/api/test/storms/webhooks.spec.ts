import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { SIGNING_KEY, startApi, type TestApi } from '../../../../test/support/api.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import { type ServiceProcess, startProcess } from '../../../../test/support/process.ts';
import { until } from '../../../../test/support/until.ts';
import { WebhookWorker } from '../../src/webhooks/delivery/webhook.worker.ts';
import { inParallel } from '../support/cluster.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const LOOPBACK = '127.0.0.0/8';
/** Looks at what the tasks do, and sends nothing itself. */
let api: TestApi;
let tasks: ServiceProcess[];
let receivers: Receiver[];
let start: () => Promise<ServiceProcess>;

beforeAll(async () => {
  const database = await createTestDatabase();
  api = await startApi(database, { webhooks: { allowedNetworks: [LOOPBACK] } });
  await api.app.get(WebhookWorker, { strict: false }).beforeApplicationShutdown();
  start = () =>
    startProcess({
      DATABASE_URL: database.options.url,
      SIGNING_KEY,
      MIGRATE_ON_START: 'false',
      LOG_LEVEL: 'warn',
      NODE_ENV: 'test',
      WEBHOOK_ALLOWED_NETWORKS: LOOPBACK,
    });
  tasks = [await start()];
  receivers = await inParallel(3, 3, () => startReceiver());
});
afterAll(async () => {
  for (const task of tasks) await task.end();
  await api.close();
  await Promise.all(receivers.map((receiver) => receiver.close()));
});

const leaseTokens = async () =>
  (await api.database.query<{ token: string }>(sql`
    SELECT lease_token AS token FROM webhook_progress WHERE leased_until > now()`)).map(({ token }) => token); // prettier-ignore
/** They would end by themselves, 20 s after the last renewal. */
const expire = (tokens: string[]) =>
  api.database.query(sql`UPDATE webhook_progress SET leased_until = now() WHERE lease_token = ANY (${tokens}::uuid[])`);
const endConnections = () =>
  api.database.query(sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'stockroom-api' AND query LIKE '%webhook%' AND pid <> pg_backend_pid()`);

async function eventsAfter(cursor: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after = cursor, hasMore = true; hasMore;) {
    const { body } = await api.admin.get(`/events?types=item,movement&after=${after}`);
    ids.push(...(body.items as { id: string }[]).map(({ id }) => id));
    ({ nextCursor: after, hasMore } = body as { nextCursor: string; hasMore: boolean });
  }
  return ids;
}

it('delivers every event at least once and in order to each webhook, while the task that sends is killed, another takes over and connections end', async () => {
  const cursor = (await api.admin.get('/events?after=latest')).body.nextCursor as string;
  for (const { url } of receivers)
    expect((await api.admin.post('/webhooks', { url, types: ['item', 'movement'] })).status).toBe(201);
  const item = (await api.operator.post('/items', { sku: 'STORM', name: 'Storm' })).body.id as string;
  const lines = [{ item, location: { code: 'MAIN' }, quantity: 1 }];
  await until('the first task sends', () => receivers.every(({ requests }) => requests.length > 0));
  tasks.push(await start());
  const killed = tasks[0]!;
  let [held, ended] = [0, 0];
  await inParallel(300, 8, async (n) => {
    if (n === 100) {
      const tokens = await leaseTokens();
      killed.child.kill('SIGKILL');
      await until('it is gone', () => killed.child.signalCode !== null);
      held = tokens.length;
      await expire(tokens);
    }
    if (n > 100 && n % 40 === 0) ended += (await endConnections()).length;
    await api.operator.post('/movements', { type: 'receipt', lines });
  });
  const events = await eventsAfter(cursor);
  await until('every event is there', () => receivers.every(({ ids }) => new Set(ids()).size === events.length));
  expect(events).toHaveLength(301);
  for (const { ids } of receivers) expect([...new Set(ids())]).toEqual(events);
  expect({ held, hasEnded: ended > 0 }).toEqual({ held: 3, hasEnded: true });
});
