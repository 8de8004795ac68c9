import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type TestResponse } from '../../../../test/support/client.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { Program } from '../../../../test/support/program.ts';
import { until } from '../../../../test/support/until.ts';

let folder: string;
let database: TestDatabase;
let program: Program;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockroom-shutdown-'));
  database = await createTestDatabase();
});
afterEach(() => program.stop());
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(environment: NodeJS.ProcessEnv): Promise<Client> {
  program = new Program(folder, { DATABASE_URL: database.options.url, ...environment });
  return new Client(await program.url());
}

describe('the end', () => {
  it('fails no request at SIGTERM under load: readiness fails first, and callers are told to close', async () => {
    const client = await start({ SHUTDOWN_DELAY_SECONDS: '12' });
    const replies: TestResponse[] = [];
    let draining = false;
    /** As behind a load balancer: it looks away a while after readiness has failed. */
    const load = async () => {
      for (let afterwards = 0; afterwards < 5; afterwards += draining ? 1 : 0) replies.push(await client.get('/items'));
    };
    const loads = Array.from({ length: 8 }, load);
    await until('the load is on', () => replies.length > 100);
    program.kill('SIGTERM');
    const notReady = await until('readiness fails', async () => {
      const reply = await client.get('/health/ready');
      return reply.status === 503 && reply;
    });
    draining = true;
    await Promise.all(loads);
    expect(notReady.body).toMatchObject({ type: '/api/problems/unavailable', detail: 'This task is draining.' });
    expect(notReady.headers).toMatchObject({ connection: 'close', 'retry-after': '1' });
    // No caller has signed in; what counts is that each one was answered.
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401]));
    expect(replies.at(-1)!.headers.connection).toBe('close');
    expect(await program.ended()).toBe(0);
  });

  it('lets what is in flight finish, and refuses new connections meanwhile', async () => {
    const { url } = await start({ SHUTDOWN_DELAY_SECONDS: '0' });
    const body = JSON.stringify({ email: 'nobody@example.com', password: 'a password for the test' });
    const socket = await open(url);
    let answer = '';
    socket.on('data', (text) => (answer += String(text)));
    socket.write(
      `POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    await until('the request has arrived', () => answer.startsWith('HTTP/1.1 100'));
    program.kill('SIGTERM');
    await until('new connections are refused', () =>
      open(url).then(
        (other) => void other.destroy(),
        () => true,
      ),
    );
    socket.write(body);
    await once(socket, 'close');
    expect(answer).toMatch(/\r\n\r\nHTTP\/1\.1 401 Unauthorized\r\n/);
    expect(await program.ended()).toBe(0);
  });

  it('exits with 1 after an uncaught error, but cleanly, and logs the error', async () => {
    const hook = 'process.on("SIGUSR2",()=>{throw new Error("a failure for the test")})';
    await start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` });
    program.kill('SIGUSR2');
    expect(await program.ended()).toBe(1);
    expect(program.output).toMatch(/FATAL: uncaught error[^]*a failure for the test/);
    expect(program.output).toContain('drained');
  });
});

async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}
