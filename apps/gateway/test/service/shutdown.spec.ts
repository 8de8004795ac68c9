import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client, type TestResponse } from '../../../../test/support/client.ts';
import { Program } from '../../../../test/support/program.ts';
import { until } from '../../../../test/support/until.ts';

let folder: string;
let api: TestApi;
let program: Program;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockroom-gateway-'));
  api = await startApi();
});
afterEach(() => program.stop());
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(environment: NodeJS.ProcessEnv): Promise<string> {
  const settings = { INVENTORY_API_URL: api.url, RATE_LIMIT_PER_SECOND: '0', ...environment };
  program = new Program(folder, settings, { app: 'gateway' });
  return program.url();
}

it('fails no request at SIGTERM under load, forwarded or its own', async () => {
  const url = await start({ SHUTDOWN_DELAY_SECONDS: '12' });
  const client = new Client(url, api.viewer.token);
  const replies: TestResponse[] = [];
  let draining = false;
  /** As behind a load balancer: it looks away a while after readiness has failed. */
  const load = async (path: string) => {
    for (let afterwards = 0; afterwards < 5; afterwards += draining ? 1 : 0) replies.push(await client.get(path));
  };
  const loads = ['/items', '/items', '/items', '/items', '/sessions/current', '/version'].map(load);
  await until('the load is on', () => replies.length > 100);
  program.kill('SIGTERM');
  await until('readiness fails', async () => (await client.get('/health/ready')).status === 503);
  draining = true;
  await Promise.all(loads);
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  expect(replies.at(-1)!.headers.connection).toBe('close');
  expect(await program.ended()).toBe(0);
});

it('lets what it forwards finish, on the way up and on the way down, and refuses new connections meanwhile', async () => {
  const url = await start({ SHUTDOWN_DELAY_SECONDS: '0' });
  const body = JSON.stringify({ code: 'LATE', name: 'A late place' });
  const socket = await open(url);
  let answer = '';
  socket.on('data', (text) => (answer += String(text)));
  socket.write(
    `POST /api/v1/locations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.operator.token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
  );
  await until('the request is on its way', () => answer.startsWith('HTTP/1.1 100'));
  program.kill('SIGTERM');
  await until('new connections are refused', () =>
    open(url).then(
      (other) => void other.destroy(),
      () => true,
    ),
  );
  socket.write(body);
  await once(socket, 'close');
  expect(answer).toMatch(/\r\n\r\nHTTP\/1\.1 201 Created\r\n[^]*"code": ?"LATE"[^]*\}$/);
  expect(await program.ended()).toBe(0);
});

it('says what is wrong with its environment, all of it, and shows no value', async () => {
  program = new Program(folder, { INVENTORY_API_URL: 'ftp://secret', PORT: '70000' }, { app: 'gateway' });
  expect(await program.ended()).toBe(1);
  expect(program.output).toBe(
    'The configuration is invalid:\n' +
      '  - PORT must be a whole number from 0 to 65535\n' +
      '  - INVENTORY_API_URL must be scheme, host and port only, such as http://127.0.0.1:3000\n',
  );
});

async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}
