import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { Program } from '../../../../test/support/program.ts';
import { terminateDuringPost, terminateUnderLoad } from '../../../../test/support/shutdown.ts';

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
  const paths = ['/items', '/items', '/items', '/items', '/sessions/current', '/version'];
  const { replies } = await terminateUnderLoad(program, client, paths);
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  expect(replies.at(-1)!.headers.connection).toBe('close');
  expect(await program.ended()).toBe(0);
});

it('lets what it forwards finish, on the way up and on the way down, and refuses new connections meanwhile', async () => {
  const url = await start({ SHUTDOWN_DELAY_SECONDS: '0' });
  const received = await terminateDuringPost(program, url, {
    path: '/api/v1/locations',
    headers: [`Authorization: Bearer ${api.operator.token}`],
    body: { code: 'LATE', name: 'A late place' },
  });
  expect(received).toMatch(/\r\n\r\nHTTP\/1\.1 201 Created\r\n[^]*"code": ?"LATE"[^]*\}$/);
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
