import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import type { TestResponse } from '../../../../test/support/client.ts';
import { PostgresServer } from '../../../../test/support/replication.ts';
import { until } from '../../../../test/support/until.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { ReadReplica } from '../../src/database/replica/read-replica.ts';
import { credentialsOf } from '../../src/database/roles/application-role.ts';
import { expectLedgerToHold } from '../support/ledger.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const LIMITS = { statementTimeoutMs: 15_000, lockTimeoutMs: 10_000 };

let [primary, standby] = [] as unknown as [PostgresServer, PostgresServer];
/** As the endpoints of a cluster: they lead to the server that is the writer, or the reader, at the time. */
let [writer, reader] = [] as unknown as [TcpProxy, TcpProxy];
/** Shows a replica's state of whatever age, and one of at most two seconds. */
let [patient, strict] = [] as unknown as [TestApi, TestApi];

beforeAll(async () => {
  primary = await PostgresServer.create();
  const owner = new pg.Pool({ connectionString: primary.ownerUrl });
  await migrate(owner, { ...credentialsOf(primary.url), ...LIMITS });
  await owner.end();
  standby = await primary.createStandby();
  writer = await startTcpProxy(primary.url);
  reader = await startTcpProxy(standby.url);
  const options = { url: writer.url, tls: false, poolSize: 6, ...LIMITS };
  const start = (maxLagMs: number) =>
    startApi({ options, drop: () => Promise.resolve() }, { replica: { url: reader.url, maxLagMs } });
  patient = await start(3_600_000);
  strict = await start(2_000);
  await replicaIsUsed(patient);
});
afterAll(async () => {
  await patient.close();
  await strict.close();
  await writer.close();
  await reader.close();
  await primary.remove();
  await standby.remove();
});

const replicaOf = ({ database }: TestApi) => database.eventual as ReadReplica;
const usesReplica = (api: TestApi) => replicaOf(api).source !== api.database;
const replicaIsUsed = (api: TestApi) => until('reads go to the replica', () => usesReplica(api));
async function pauseReplay(): Promise<void> {
  await standby.run('SELECT pg_wal_replay_pause()');
  await until('it is in effect', async () => (await standby.value('pg_get_wal_replay_pause_state()')) === 'paused');
}
const addItem = async (): Promise<string> => {
  const sku = `R-${randomUUID()}`;
  expect((await patient.operator.post('/items', { sku, name: sku })).status).toBe(201);
  return sku;
};

/** Whether each kind of read shows the item. */
async function shown(api: TestApi, sku: string, consistency?: string): Promise<Record<string, boolean>> {
  const more = consistency ? `consistency=${consistency}` : '';
  const { viewer } = api;
  const count = async (path: string) => (await viewer.get(path)).body.items as number;
  const csv = async () => String((await viewer.get(`/exports/items.csv?${more}`)).body);
  const before = counted.get(sku)!;
  return {
    list: (await viewer.get(`/items?sku=${sku}&${more}`)).body.items.length === 1,
    report: (await count(`/reports/summary?${more}`)) > before,
    export: (await csv()).includes(sku),
  };
}
/** How many items there were before one was added. */
const counted = new Map<string, number>();
async function addCounted(): Promise<string> {
  const { items } = (await patient.viewer.get('/reports/summary?consistency=strong')).body as { items: number };
  const sku = await addItem();
  counted.set(sku, items);
  return sku;
}

describe('with a read replica', () => {
  it('reports and exports, and lists with consistency=eventual, show its state; all else shows the primary’s', async () => {
    await pauseReplay();
    const sku = await addCounted();
    expect(await shown(patient, sku, 'eventual')).toEqual({ list: false, report: false, export: false });
    expect(await shown(patient, sku)).toEqual({ list: true, report: false, export: false });
    expect(await shown(patient, sku, 'strong')).toEqual({ list: true, report: true, export: true });
    await standby.run('SELECT pg_wal_replay_resume()');
    await until('the replica shows it', async () => (await shown(patient, sku, 'eventual')).list);
    expect(await shown(patient, sku, 'eventual')).toEqual({ list: true, report: true, export: true });
  });

  it('that is further behind than it may be, reads go to the primary until it has caught up', async () => {
    await replicaIsUsed(strict);
    await pauseReplay();
    const sku = await addCounted();
    await until('it is further behind', () => replicaOf(strict).ageMs! > 3_000);
    expect(await shown(strict, sku, 'eventual')).toEqual({ list: true, report: true, export: true });
    await standby.run('SELECT pg_wal_replay_resume()');
    await replicaIsUsed(strict);
  });

  it('that is unreachable, no read fails: each goes to the primary', async () => {
    await replicaIsUsed(patient);
    await standby.stop();
    const sku = await addCounted();
    expect(await shown(patient, sku, 'eventual')).toEqual({ list: true, report: true, export: true });
    await standby.start();
    await replicaIsUsed(patient);
  });

  it('whose URL leads to a server that takes writes, reads go to the primary, on connections that were made for it', async () => {
    reader.leadTo(primary.url);
    reader.cutAll();
    await until('it is not used', () => !usesReplica(patient));
    const sku = await addCounted();
    expect(await shown(patient, sku, 'eventual')).toEqual({ list: true, report: true, export: true });
    reader.leadTo(standby.url);
    reader.cutAll();
    await replicaIsUsed(patient);
  });
});

describe('a writer that has become a reader', () => {
  it('gives 503 with Retry-After to reads and writes alike: what it shows may be out of date', async () => {
    writer.leadTo(standby.url);
    writer.cutAll();
    expectUnavailable(await patient.viewer.get('/items'));
    expectUnavailable(await patient.operator.post('/items', { sku: randomUUID(), name: 'Refused' }));
    expectUnavailable(await receive(randomUUID(), 'R-1'));
    writer.leadTo(primary.url);
    writer.cutAll();
    expect((await patient.viewer.get('/items?limit=1')).status).toBe(200);
  });

  it('without closing its connections (SQLSTATE 25006) gives 503, and each connection is closed and made anew', async () => {
    const { name } = credentialsOf(primary.url);
    await primary.run(`ALTER ROLE ${name} SET default_transaction_read_only = on`);
    writer.cutAll();
    expectUnavailable(await patient.operator.post('/items', { sku: randomUUID(), name: 'Refused' }));
    await primary.run(`ALTER ROLE ${name} RESET default_transaction_read_only`);
    await addItem();
  });
});

it('a failover in the middle of reads and writes loses nothing that was answered; all else is 503 with Retry-After', async () => {
  const sku = await addItem();
  await replicaIsUsed(patient);
  let isRunning = true;
  const replies: TestResponse[] = [];
  const answered: string[] = [];
  const write = async () => {
    while (isRunning) {
      const key = randomUUID();
      let reply = await receive(key, sku);
      replies.push(reply);
      while (reply.status === 503 && isRunning) replies.push((reply = await receive(key, sku)));
      if (reply.status === 201) answered.push(reply.body.id as string);
    }
  };
  const read = async (path: string) => {
    while (isRunning) replies.push(await patient.viewer.get(path));
  };
  const load = [write(), write(), read(`/items?sku=${sku}`), read(`/items?sku=${sku}&consistency=eventual`), read('/reports/summary')]; // prettier-ignore
  await until('some are booked', () => answered.length > 5);

  await primary.stop();
  await standby.promote();
  writer.leadTo(standby.url);
  await primary.becomeStandbyOf(standby);
  reader.leadTo(primary.url);
  const before = answered.length;
  await until('writes go to the new writer', () => answered.length > before + 5);
  await until('reads go to the new reader', () => usesReplica(patient));
  isRunning = false;
  await Promise.all(load);

  for (const reply of replies) if (reply.status >= 300) expectUnavailable(reply);
  expect((await patient.viewer.get(`/items?sku=${sku}`)).body.items[0].onHand).toBeGreaterThanOrEqual(answered.length);
  for (const id of answered) expect((await patient.viewer.get(`/movements/${id}`)).status).toBe(200);
  await expectLedgerToHold(patient.database);
});

function receive(key: string, sku: string): Promise<TestResponse> {
  const lines = [{ item: { sku }, location: { code: 'MAIN' }, quantity: 1 }];
  return patient.operator.post('/movements', { type: 'receipt', lines }, { 'idempotency-key': key });
}

function expectUnavailable({ status, headers, body }: TestResponse): void {
  expect({ status, type: body.type, retryAfter: headers['retry-after'] }).toEqual({
    status: 503,
    type: '/api/problems/unavailable',
    retryAfter: '1',
  });
}
