import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { until } from '../../test/support/until.ts';

let folder: string;
let database: TestDatabase;
let started: ChildProcess;
let output: string;
let closed: Promise<unknown>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockroom-start-'));
  database = await createTestDatabase();
});
afterEach(async () => {
  started.kill('SIGTERM');
  await closed;
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs it as a terminal does: in a process group that signals go to. */
function start(environment: Record<string, string> = {}): void {
  output = '';
  started = spawn(process.execPath, [resolve('tools/start.ts')], {
    cwd: folder,
    detached: true,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.options.url,
      HOST: '127.0.0.1',
      PORT: '0',
      METRICS_PORT: '0',
      API_PORT: '0',
      API_METRICS_PORT: '0',
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'three mugs on a shelf',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [started.stdout!, started.stderr!]) stream.on('data', (text) => (output += String(text)));
  closed = once(started, 'close');
}

const url = () => until('the banner says where to go', () => /Open +(http:\/\/\S+)/.exec(output)?.[1]);
/** The process that wrote lines of this name, by the port that it listens on. */
const servicePort = (name: string) =>
  until(
    `${name} says where it listens`,
    () => new RegExp(`^${name} .*listening on http://127\\.0\\.0\\.1:(\\d+)`, 'm').exec(output)?.[1],
  );
const isUp = (port: string) =>
  fetch(`http://127.0.0.1:${port}/health/live`).then(
    () => true,
    () => false,
  );

it('starts both, prints the URL once, and signs people in through the gateway', async () => {
  start();
  const baseUrl = await url();
  expect(output.match(/Stockroom \d/g)).toHaveLength(1);
  expect(output).toContain(`API      ${baseUrl}/api/v1`);
  expect(output).toContain('Sign in  admin@example.com, the password of ADMIN_PASSWORD');
  expect(output).toContain(`curl -s ${baseUrl}/api/v1/reports/summary`);
  const reply = await fetch(`${baseUrl}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@example.com', password: 'three mugs on a shelf' }),
  });
  expect(reply.status).toBe(201);
});

it('ends both with 0 where the terminal interrupts, the gateway first', async () => {
  start();
  await url();
  process.kill(-started.pid!, 'SIGINT');
  await closed;
  expect(started.exitCode).toBe(0);
  const ends = [...output.matchAll(/^(\w+) .*INFO: drained/gm)].map(([, name]) => name);
  expect(ends).toEqual(['gateway', 'api']);
});

it('ends with what one of them ended with, and takes the other along', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  start({ PORT: String((squatter.address() as AddressInfo).port) });
  await closed;
  squatter.close();
  expect([started.exitCode, output.match(/^\w+ .*(?:drained|is in use).*$/gm)]).toEqual([
    1,
    expect.arrayContaining([expect.stringMatching(/^gateway .*is in use/), expect.stringMatching(/^api .*drained/)]),
  ]);
});

it('leaves nothing running where it is killed', async () => {
  start();
  await url();
  const ports = await Promise.all(['api', 'gateway'].map(servicePort));
  expect(await Promise.all(ports.map(isUp))).toEqual([true, true]);
  started.kill('SIGKILL');
  await until('both have gone', async () => !(await Promise.all(ports.map(isUp))).includes(true));
});
