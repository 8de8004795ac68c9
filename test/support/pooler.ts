import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

/** Sessions of the server that the clients of one database share: fewer than two tasks have connections. */
const SESSIONS = 20;

export const hasPooler = (): boolean => spawnSync('pgbouncer', ['--version']).status === 0;

export interface Pooler {
  /** The same database, through the pooler. */
  urlOf: (databaseUrl: string) => string;
  stop: () => Promise<void>;
}

/** PgBouncer in transaction mode in front of a server; it refuses startup parameters that it does not know. */
export async function startPooler(...databaseUrls: string[]): Promise<Pooler> {
  const folder = mkdtempSync(join(tmpdir(), 'stockroom-pooler-'));
  const port = await freePort();
  const server = new URL(databaseUrls[0]!);
  const users = databaseUrls
    .map((url) => new URL(url))
    .map(({ username, password }) => `"${username}" "${password}"\n`);
  writeFileSync(join(folder, 'users.txt'), [...new Set(users)].join(''));
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${server.hostname} port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${folder}/users.txt
pool_mode = transaction
max_client_conn = 500
default_pool_size = ${SESSIONS}
`,
  );
  // It does not run as root, and its user has to read the folder.
  chmodSync(folder, 0o755);
  const userOption = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn('pgbouncer', [...userOption, join(folder, 'pgbouncer.ini')], { stdio: 'ignore' });
  const urlOf = (url: string) => Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href;
  // Not the database itself: a session of it would be kept, and hinder those who copy it.
  await until('the pooler responds', () => responds(urlOf(databaseUrls[0]!).replace(/[^/]*$/, 'postgres'), child));
  return {
    urlOf,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function responds(connectionString: string, { exitCode }: ChildProcess): Promise<boolean> {
  if (exitCode !== null) throw new Error(`pgbouncer ended with ${exitCode}.`);
  const client = new pg.Client({ connectionString });
  return client
    .on('error', () => undefined)
    .connect()
    .then(() => client.end().then(() => true))
    .catch(() => false);
}
