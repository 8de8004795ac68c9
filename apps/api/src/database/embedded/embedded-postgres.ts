import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { binaries, owner, start } from './binaries.ts';

export interface EmbeddedPostgres {
  url: string;
  /** Ends the server, waiting for what runs; the data stays. */
  stop(): Promise<void>;
}

/** Somebody else already runs on this folder's database. */
export class AlreadyRunningError extends Error {}

/** Held by the one process that a folder's server serves, for as long as its connection lives: `kill -9` frees it, too. */
const OWNER_LOCK = 7_203_542;
const USER = 'stockroom';
const DATABASE = 'stockroom';
/** Kept in the data folder, which only its owner may enter. */
const PASSWORD = 'stockroom.password';

/**
 * A real PostgreSQL server on a free port of the loopback address, its data in `folder`, which is made at the first
 * start. A server that an earlier process left behind (`kill -9`) is taken over.
 * @param settings extra server settings, for tests
 * @throws AlreadyRunningError where another live process uses the folder
 */
export async function startEmbeddedPostgres(
  folder: string,
  settings: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const data = resolve(folder, 'postgres');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(folder, data);
  for (let attempt = 1; ; attempt++) {
    const url = (await running(data)) ?? (await launch(folder, data, settings));
    if (url) return own(url, data);
    if (attempt === 3)
      throw new Error(`The embedded PostgreSQL did not start: ${lastLines(join(folder, 'postgres.log'))}`);
  }
}

/** Made aside and moved into place, so that an initdb that was killed half-way leaves nothing that looks whole. */
async function initialise(folder: string, data: string): Promise<void> {
  const aside = resolve(folder, `initialising-${process.pid}`);
  mkdirSync(aside, { mode: 0o700 });
  if (owner) chownSync(aside, owner.uid, owner.gid);
  const passwordFile = join(aside, '..', `password-${process.pid}`);
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  const initdb = start(binaries().initdb, [
    `--pgdata=${aside}`, `--username=${USER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`,
    '--encoding=UTF8', '--locale=C', '--no-instructions', '--no-sync',
  ], { stdio: ['ignore', 'ignore', 'pipe'] }); // prettier-ignore
  let complaint = '';
  initdb.stderr!.on('data', (text) => (complaint += String(text)));
  const [code] = (await once(initdb, 'close')) as [number];
  if (code !== 0) {
    rmSync(aside, { recursive: true, force: true });
    throw new Error(`initdb failed: ${complaint.trim()}`);
  }
  try {
    renameSync(passwordFile, join(aside, PASSWORD));
    renameSync(aside, data);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(join(data, 'PG_VERSION'))) throw error; // Else another start was quicker; its folder serves.
  }
}

/** The URL of the server that runs on this data folder, or undefined. */
async function running(data: string): Promise<string | undefined> {
  try {
    const [, , , port] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const url = urlOf(data, Number(port));
    return (await reachable(url, 20)) ? url : undefined;
  } catch {
    return undefined;
  }
}

async function launch(folder: string, data: string, settings: Record<string, string>): Promise<string | undefined> {
  const port = await freePort();
  const log = openSync(join(folder, 'postgres.log'), 'a');
  const options = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    max_connections: '100',
    shared_buffers: '128MB',
    ...settings,
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = start(binaries().postgres, ['-D', data, ...flags], { stdio: ['ignore', log, log] });
  server.unref();
  const ended = once(server, 'exit').then(() => false);
  return (await Promise.race([reachable(urlOf(data, port), 600), ended])) ? urlOf(data, port) : undefined;
}

/** Takes the folder for this process and makes the database in it. */
async function own(url: string, data: string): Promise<EmbeddedPostgres> {
  const client = new pg.Client({
    connectionString: maintenance(url),
    application_name: `stockroom-owner-${process.pid}`,
  });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [OWNER_LOCK]);
  if (!rows[0]!.mine) {
    const other = await client.query<{ name: string }>(
      `SELECT application_name AS name FROM pg_stat_activity WHERE application_name LIKE 'stockroom-owner-%' AND pid <> pg_backend_pid()`,
    );
    await client.end();
    const pid = other.rows[0]?.name.split('-').pop() ?? 'unknown';
    throw new AlreadyRunningError(
      `Stockroom already runs on ${resolve(data, '..')} (process ${pid}). Stop it first, or set DATABASE_URL to use another database.`,
    );
  }
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
  return { url, stop: () => stop(client, data) };
}

async function stop(client: pg.Client, data: string): Promise<void> {
  await client.end().catch(() => undefined);
  const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  process.kill(pid, 'SIGINT'); // Fast shutdown: open transactions are rolled back, everything is written.
  while (existsSync(join(data, 'postmaster.pid'))) await sleep(20);
}

async function reachable(url: string, tries: number): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const client = new pg.Client({ connectionString: maintenance(url), connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await sleep(50);
    }
  }
  return false;
}

const urlOf = (data: string, port: number) =>
  `postgresql://${USER}:${readFileSync(join(data, PASSWORD), 'utf8')}@127.0.0.1:${port}/${DATABASE}`;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n') : 'no log';
}

/** The same server's database that is always there. */
const maintenance = (url: string) => url.replace(/\/[^/]*$/, '/postgres');
