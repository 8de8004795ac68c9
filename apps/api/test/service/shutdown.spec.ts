import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../../../../test/support/client.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { Program } from '../../../../test/support/program.ts';
import { terminateDuringPost, terminateUnderLoad } from '../../../../test/support/shutdown.ts';
import { pick } from '../../../../test/support/pick.ts';

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
    const { replies, notReady } = await terminateUnderLoad(program, client, Array<string>(8).fill('/items'));
    expect(pick(notReady.body, 'type', 'detail')).toEqual({
      type: '/api/problems/unavailable',
      detail: 'This task is draining.',
    });
    expect(pick(notReady.headers, 'connection', 'retry-after')).toEqual({ connection: 'close', 'retry-after': '1' });
    // No caller has signed in; what counts is that each one was answered.
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401]));
    expect(replies.at(-1)!.headers.connection).toBe('close');
    expect(await program.ended()).toBe(0);
  });

  it('lets what is in flight finish, and refuses new connections meanwhile', async () => {
    const { url } = await start({ SHUTDOWN_DELAY_SECONDS: '0' });
    const body = { email: 'stranger@example.com', password: 'a password for the test' };
    const received = await terminateDuringPost(program, url, { path: '/api/v1/sessions', body });
    expect(received).toMatch(/\r\n\r\nHTTP\/1\.1 401 Unauthorized\r\n/);
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
