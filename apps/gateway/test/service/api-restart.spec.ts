import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientOf, SIGNING_KEY, startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client, type TestResponse } from '../../../../test/support/client.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { freePort } from '../../../../test/support/free-port.ts';
import { Program } from '../../../../test/support/program.ts';
import { until } from '../../../../test/support/until.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { pick } from '../../../../test/support/pick.ts';

let folder: string;
let database: TestDatabase;
let beside: TestApi;
let port: string;
let gateway: TestGateway;
let client: Client;
let api: Program;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockroom-restart-'));
  database = await createTestDatabase();
  beside = await startApi(database);
  port = String(await freePort());
  api = startProgram();
  await api.url();
  gateway = await startGateway(`http://127.0.0.1:${port}`);
  client = new Client(gateway.url, (await clientOf(beside.app, beside.url, 'viewer')).token);
});
afterAll(async () => {
  await gateway.close();
  await api.stop();
  await beside.close();
  rmSync(folder, { recursive: true, force: true });
});

const startProgram = () =>
  new Program(folder, {
    DATABASE_URL: database.options.url,
    SIGNING_KEY,
    PORT: port,
    MIGRATE_ON_START: 'false',
    ADMIN_PASSWORD: 'a password for the test',
  });

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'answers only 502 and 503, as problems, while the API is unreachable after %s, and recovers with it',
  async (signal) => {
    const replies: TestResponse[] = [];
    let over = false;
    const load = async () => {
      while (!over) replies.push(await client.get('/items'));
    };
    const loads = Array.from({ length: 4 }, load);
    await until('the load is on', () => replies.length > 50);
    api.kill(signal);
    await api.ended();
    await until('it is felt', () => replies.at(-1)!.status === 503);
    expect((await client.get('/health/ready')).status).toBe(200);
    api = startProgram();
    await api.url();
    const since = replies.length;
    await until('it is well again', () => replies.slice(since).some(({ status }) => status === 200));
    const well = replies.length;
    await until('it stays well', () => replies.length > well + 50);
    over = true;
    await Promise.all(loads);

    const statuses = new Set(replies.map(({ status }) => status));
    expect([...statuses].filter((status) => ![200, 502, 503].includes(status))).toEqual([]);
    expect(replies.slice(well).filter(({ status }) => status !== 200)).toEqual([]);
    for (const { status, headers, body } of replies) {
      if (status === 200) continue;
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(pick(body, 'status', 'requestId')).toEqual({ status, requestId: headers['x-request-id'] });
      if (status === 503) expect(headers['retry-after']).toMatch(/^\d+$/);
    }
  },
);
