import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.ts';
import { Client } from '../../../../test/support/client.ts';
import { freePort } from '../../src/database/embedded/free-port.ts';
import { Program } from '../../../../test/support/program.ts';
import { until } from '../../../../test/support/until.ts';
import { response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

const ADMIN = { email: 'admin@example.com', password: 'a password for the test' };

let folder: string;
let settings: Record<string, string>;
let postgres: EmbeddedPostgres;
let program: Program;
let anonymous: Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockroom-health-'));
  settings = { port: String(await freePort()), fsync: 'off' };
  postgres = await startEmbeddedPostgres(folder, settings);
  program = new Program(folder, {
    DATABASE_URL: postgres.url,
    MIGRATION_DATABASE_URL: postgres.ownerUrl,
    GIT_SHA: 'abc1234',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
  });
  anonymous = new Client(await program.url());
});
afterAll(async () => {
  await program.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const database = (status: 'up' | 'down') => ({ database: { status, latencyMs: expect.any(Number) as unknown } });
const HEALTHY = { status: 'ok', info: database('up'), error: {}, details: database('up') };

describe('health', () => {
  it('reports that the process is running, whether it is ready, its dependencies and its version', async () => {
    for (const [path, body] of [
      ['/health/live', { status: 'ok' }],
      ['/health/ready', { status: 'ok' }],
      ['/health', HEALTHY],
      ['/version', { version: '0.1.0', commit: 'abc1234' }],
    ] as const) {
      const reply = await anonymous.get(path);
      expect({ path, status: reply.status, cache: reply.headers['cache-control'], body: reply.body }).toEqual({
        path,
        status: 200,
        cache: 'no-store',
        body,
      });
    }
  });

  it('stays ready while the database is unreachable, says so in /health and by 503, and recovers by itself', async () => {
    const { body } = await anonymous.post('/sessions', ADMIN);
    const admin = new Client(anonymous.url, body.accessToken);
    expect((await admin.get('/items')).status).toBe(200);

    await postgres.stop();
    expect(await anonymous.get('/health/live')).toEqual(response(200, { status: 'ok' }));
    expect(await anonymous.get('/health/ready')).toEqual(response(200, { status: 'ok' }));
    const deep = await anonymous.get('/health');
    expect({ status: deep.status, body: deep.body }).toEqual({
      status: 503,
      body: { status: 'error', info: {}, error: database('down'), details: database('down') },
    });
    for (const refused of [await admin.get('/items'), await admin.post('/items', { sku: 'A', name: 'A' })]) {
      expect(pick(refused.headers, 'content-type', 'retry-after')).toEqual({
        'content-type': 'application/problem+json; charset=utf-8',
        'retry-after': '1',
      });
      expect({ status: refused.status, body: refused.body }).toEqual({
        status: 503,
        body: {
          type: '/api/problems/unavailable',
          title: 'Service unavailable',
          status: 503,
          detail: 'The database is not available right now.',
          instance: '/api/v1/items',
          requestId: refused.headers['x-request-id'],
        },
      });
    }

    postgres = await startEmbeddedPostgres(folder, settings);
    await until('the API has found its database again', async () => (await anonymous.get('/health')).status === 200);
    expect((await anonymous.get('/health')).body).toEqual(HEALTHY);
    expect((await admin.get('/items')).status).toBe(200);
  });
});
