import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../../../../test/support/client.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { freePort } from '../../src/database/embedded/free-port.ts';
import { Program } from '../../../../test/support/program.ts';
import { until } from '../../../../test/support/until.ts';

const ADMIN = { email: 'admin@example.com', password: 'a password for the test' };
const REQUEST_ID = 'from-the-load-balancer-1';

let folder: string;
let database: TestDatabase;
let program: Program;
let metricsUrl: string;
let anonymous: Client;
let admin: Client;

/** As in production, but for what the machine cannot have: TLS to the database. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockroom-observation-'));
  database = await createTestDatabase();
  const metricsPort = String(await freePort());
  metricsUrl = `http://127.0.0.1:${metricsPort}`;
  program = new Program(folder, {
    NODE_ENV: 'production',
    DATABASE_URL: database.options.url,
    DATABASE_TLS: 'off',
    SIGNING_KEY: 'a signing key for tests, long enough to be one',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    METRICS_PORT: metricsPort,
    LOG_LEVEL: 'trace',
    SHUTDOWN_DELAY_SECONDS: '0',
    TRUSTED_HOPS: '1',
    TRUSTED_HEADERS: 'x-request-id,traceparent',
  });
  anonymous = new Client(await program.url());
  const session = await until('the first admin is there', async () => {
    const reply = await anonymous.post('/sessions', ADMIN);
    return reply.status === 201 && reply;
  });
  admin = new Client(anonymous.url, session.body.accessToken);
});
afterAll(async () => {
  await program.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** All whole ones: of the last one, only a part may have come so far. */
const lines = () =>
  program.output
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const lineOf = (requestId: string) =>
  until('the log has the request', () => lines().find((line) => line.requestId === requestId));

describe('what the API says about itself', () => {
  it('gives one JSON line a request, with the id that the answer and its problem carry', async () => {
    const reply = await anonymous.get('/items?q=secret-search', { 'x-request-id': REQUEST_ID });
    expect(reply.headers['x-request-id']).toBe(REQUEST_ID);
    expect(reply.body.requestId).toBe(REQUEST_ID);
    expect(await lineOf(REQUEST_ID)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
      service: 'api',
      requestId: REQUEST_ID,
      method: 'GET',
      path: '/api/v1/items',
      status: 401,
      ms: expect.any(Number) as unknown,
      msg: 'request',
    });
  });

  it.each(['short', 'has spaces in it', 'a'.repeat(200), '"quoted-and-long"'])(
    'makes an id of its own for %j',
    async (id) => {
      const { headers } = await anonymous.get('/version', { 'x-request-id': id });
      expect(headers['x-request-id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    },
  );

  it('repeats no host, protocol, port or path that a client claims, though one proxy is trusted', async () => {
    const claims = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'gopher',
      'x-forwarded-port': '6666',
      'x-forwarded-prefix': '/evil.example',
      'x-original-url': '/evil.example',
      'x-rewrite-url': '/evil.example',
      forwarded: 'for=192.0.2.66;host=evil.example;proto=gopher',
    };
    const paths = ['/version', '/health', '/api/openapi.json', '/api/docs', '/items', '/items?limit=0', '/nothing'];
    const responses = await Promise.all(paths.map((path) => admin.get(path, claims)));
    const item = await admin.post('/items', { sku: 'HOST-1', name: 'Host' }, claims);
    expect(item.headers.location).toBe(`/api/v1/items/${item.body.id}`);
    await lineOf(item.headers['x-request-id']!);
    expect(JSON.stringify([responses, item]) + program.output).not.toMatch(/evil\.example|gopher/);
  });

  it('counts requests by route, and shows the process and the connections to the database', async () => {
    await admin.get('/items/0199a000-0000-7000-8000-000000000000');
    const response = await fetch(`${metricsUrl}/metrics`);
    const text = await response.text();
    expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
      status: 200,
      type: 'text/plain; version=0.0.4; charset=utf-8',
    });
    const counted = text
      .split('\n')
      .find((line) => /_request_duration_seconds_count.*route="\/api\/v1\/items\/:id"/.test(line));
    expect(counted).toBe(
      'http_server_request_duration_seconds_count{service="api",method="GET",route="/api/v1/items/:id",status="404"} 1',
    );
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_seconds', 'database_pool_connections'])
      expect(text).toMatch(new RegExp(`^${name}\\{service="api"\\} [0-9.e-]+$`, 'm'));
    for (const name of ['database_pool_idle', 'database_pool_waiting'])
      expect(text).toMatch(new RegExp(`^${name}\\{service="api"\\} \\d+$`, 'm'));
    expect((await fetch(`${metricsUrl}/`)).status).toBe(404);
    expect((await fetch(`${anonymous.url}/metrics`)).status).toBe(404);
  });

  it('writes no secret into any log line', async () => {
    const wrong = 'a wrong password, perhaps of another site';
    expect((await anonymous.post('/sessions', { ...ADMIN, password: wrong })).status).toBe(401);
    const { body: session } = await anonymous.post('/sessions', ADMIN);
    const { body: refreshed } = await anonymous.post('/sessions/refresh', { refreshToken: session.refreshToken });
    const person = { email: 'sam@example.com', name: 'Sam', role: 'viewer', password: 'the password of a person' };
    expect((await admin.post('/users', person)).status).toBe(201);
    const { status, body: key } = await admin.post('/api-keys', { name: 'Shop', role: 'viewer' });
    expect(status).toBe(201);
    expect((await new Client(anonymous.url, key.key).get('/items')).status).toBe(200);
    expect((await anonymous.post('/sessions', `{"email":"x","password":"${wrong}`)).status).toBe(400);
    const last = await anonymous.get('/version');
    await lineOf(last.headers['x-request-id']!);
    const secrets = {
      signingKey: 'long enough to be one',
      adminPassword: ADMIN.password,
      wrong,
      personPassword: person.password,
      accessToken: session.accessToken as string,
      refreshToken: session.refreshToken as string,
      refreshed: refreshed.refreshToken as string,
      refreshedAccess: refreshed.accessToken as string,
      key: key.key as string,
      databasePassword: new URL(database.options.url).password,
    };
    expect(Object.values(secrets).every((secret) => secret.length > 10)).toBe(true);
    expect(Object.entries(secrets).filter(([, secret]) => program.output.includes(secret))).toEqual([]);
  });
});
