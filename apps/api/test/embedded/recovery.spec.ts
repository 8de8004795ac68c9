import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, chownSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.ts';
import { findPostmaster } from '../../src/database/embedded/postmaster.ts';
import { processesOn } from '../../src/database/embedded/processes.ts';
import { until } from '../../../../test/support/until.ts';

let folder: string;
let servers: EmbeddedPostgres[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stockroom-recovery-'));
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(folder, { fsync: 'off' });
  servers.push(server);
  return server;
}

const data = () => join(folder, 'postgres');
const lockFile = () => join(data(), 'postmaster.pid');
const postmaster = () => Number(readFileSync(lockFile(), 'utf8').split('\n', 1)[0]);

async function query(url: string, statement: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 30_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<object>(statement)).rows;
  } finally {
    await client.end();
  }
}

const answers = ({ url }: EmbeddedPostgres) =>
  until('the server answers', () =>
    query(url, 'SELECT 1 AS one').then(
      (rows) => rows[0],
      () => undefined,
    ),
  );

describe('a running embedded server', () => {
  it.each([
    ['the postmaster is killed', () => process.kill(postmaster(), 'SIGKILL')],
    ['the postmaster is told to shut down', () => process.kill(postmaster(), 'SIGTERM')],
    [
      'a backend is killed',
      () =>
        process.kill(
          processesOn(data()).find((pid) => pid !== postmaster())!,
          'SIGKILL',
        ),
    ],
    ['everything is killed', () => processesOn(data()).forEach((pid) => process.kill(pid, 'SIGKILL'))],
  ])('answers again on the same address after %s, with its data', async (_, fault) => {
    const server = await start();
    await query(server.ownerUrl, 'CREATE TABLE mark AS SELECT 7 AS value');
    const client = new pg.Client(server.url);
    client.on('error', () => undefined);
    const ended = new Promise((resolve) => client.once('end', resolve));
    await client.connect();
    fault();
    await ended;
    expect(await answers(server)).toEqual({ one: 1 });
    expect(await query(server.ownerUrl, 'SELECT value FROM mark')).toEqual([{ value: 7 }]);
  });

  it('answers again after it hung in its shutdown, with its data', async () => {
    const server = await start();
    await query(server.ownerUrl, 'CREATE TABLE mark AS SELECT 7 AS value');
    const client = new pg.Client(server.url);
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const hanging = postmaster();
    process.kill(rows[0]!.pid, 'SIGSTOP');
    process.kill(hanging, 'SIGINT');
    await until('another server runs', () => findPostmaster(data())?.pid !== hanging && findPostmaster(data()));
    expect(await answers(server)).toEqual({ one: 1 });
    expect(await query(server.ownerUrl, 'SELECT value FROM mark')).toEqual([{ value: 7 }]);
    await client.end().catch(() => undefined);
  });

  it('ends although a backend and the postmaster hang', async () => {
    const server = await start();
    for (const pid of processesOn(data())) process.kill(pid, 'SIGSTOP');
    await server.stop();
    expect(processesOn(data())).toEqual([]);
  });
});

describe('a start', () => {
  it('ends the children of a postmaster that was killed where they hang', async () => {
    const first = await start();
    await first.stop();
    const orphan = await start();
    const child = processesOn(data()).find((pid) => pid !== postmaster())!;
    process.kill(child, 'SIGSTOP');
    process.kill(postmaster(), 'SIGKILL');
    expect(await answers(orphan)).toEqual({ one: 1 });
    expect(processesOn(data())).not.toContain(child);
  });

  it('leaves a process alone that has got the number of a server which ran before', async () => {
    const first = await start();
    await first.stop();
    const other = spawn('sleep', ['60'], { uid: statSync(data()).uid });
    const ended = once(other, 'exit');
    writeFileSync(lockFile(), `${other.pid}\n${data()}\n1\n5432\n\n127.0.0.1\n       0         0\nready\n`);
    chownSync(lockFile(), statSync(data()).uid, statSync(data()).gid);
    expect(await answers(await start())).toEqual({ one: 1 });
    expect([other.exitCode, other.signalCode]).toEqual([null, null]);
    other.kill();
    await ended;
  });

  it.each([
    [
      'is a file',
      () => writeFileSync(folder_(), ''),
      () =>
        `${folder_()} is not a folder, and the embedded database needs one there. Move it away, or set DATABASE_URL.`,
    ],
    [
      'holds other files where the data belongs',
      () => {
        mkdirSync(join(folder_(), 'postgres'), { recursive: true });
        writeFileSync(join(folder_(), 'postgres', 'notes.txt'), '');
      },
      () => `${join(folder_(), 'postgres')} is not a PostgreSQL data directory. Move it away, or set DATABASE_URL.`,
    ],
  ])('says what to do where its folder %s', async (_, prepare, message) => {
    prepare();
    await expect(startEmbeddedPostgres(folder_())).rejects.toHaveProperty('message', message());
  });

  const folder_ = () => join(folder, 'stockroom');
});

describe('the application’s role', () => {
  it.each([
    [`COPY (SELECT 1) TO PROGRAM 'true'`, /permission denied to COPY to or from an external program/],
    [`CREATE TEMP TABLE lines (line text); COPY lines FROM '/etc/passwd'`, /permission denied to COPY from a file/],
    [`SELECT pg_read_file('/etc/passwd')`, /permission denied for function pg_read_file/],
    ['CREATE TABLE mine (id integer)', /permission denied for schema public/],
    ['CREATE ROLE friend', /permission denied to create role/],
    ['ALTER ROLE stockroom_app SUPERUSER', /permission denied to alter role/],
    ['SET ROLE stockroom', /permission denied to set role "stockroom"/],
    ['SET session_replication_role = replica', /permission denied to set parameter "session_replication_role"/],
  ])('may not: %s', async (statement, refusal) => {
    const { url } = await start();
    await expect(query(url, statement)).rejects.toThrow(refusal);
  });
});
