import { existsSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { binaries, ownerOf, spawnAs } from './binaries.ts';
import { freePort } from './free-port.ts';
import { connect, waitUntilReachable } from './connection.ts';
import { dataDirectory, isAlive, PASSWORD_FILE, readPostmasterPid } from './data-directory.ts';
import { initialise, USER } from './initialise.ts';

export interface EmbeddedPostgres {
  url: string;
  /** Ends the server, waiting for what runs; the data stays. */
  stop(): Promise<void>;
}

/** Somebody else already runs on this folder's database. */
export class AlreadyRunningError extends Error {}

/** Held by the one process that a folder's server serves, for as long as its connection lives: `kill -9` frees it, too. */
const OWNER_LOCK = 7_203_542;
const DATABASE = 'stockroom';
/** How long a server may take to start (after a crash it reads its log), and to end. */
const TIMEOUT_MS = 30_000;

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
  const { data, exists } = dataDirectory(folder);
  if (!exists) await initialise(folder, data);
  const log = join(folder, 'postgres.log');
  // Again where another start was quicker, or where the server that runs is just ending.
  for (let attempt = 1; attempt <= 5; attempt++) {
    const url = (await findRunningServer(data)) ?? (await launchServer(log, data, settings));
    const client = url && (await connect(url, `stockroom-owner-${process.pid}`));
    if (client) return claim(client, url, data);
  }
  throw new Error(`The embedded PostgreSQL did not start: ${lastLines(log)}`);
}

/** The URL of the server that runs on this data folder, or undefined. */
async function findRunningServer(data: string): Promise<string | undefined> {
  const server = readPostmasterPid(data);
  if (!server) return undefined;
  const url = urlOf(data, server.port);
  return (await waitUntilReachable(url, () => isAlive(server.pid), 2_000)) ? url : undefined;
}

async function launchServer(
  logFile: string,
  data: string,
  settings: Record<string, string>,
): Promise<string | undefined> {
  const port = settings.port ? Number(settings.port) : await freePort();
  const log = openSync(logFile, 'a');
  const options = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    max_connections: '100',
    shared_buffers: '128MB',
    ...settings,
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawnAs(binaries().postgres, ownerOf(data), ['-D', data, ...flags], { stdio: ['ignore', log, log] });
  server.unref();
  const url = urlOf(data, port);
  const lives = () => server.exitCode === null && server.signalCode === null;
  return (await waitUntilReachable(url, lives, TIMEOUT_MS)) ? url : undefined;
}

/** Takes the folder for this process and makes the database in it. */
async function claim(client: pg.Client, url: string, data: string): Promise<EmbeddedPostgres> {
  const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [OWNER_LOCK]);
  if (!rows[0]!.mine) throw await alreadyRunning(client, resolve(data, '..'));
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
  return { url, stop: () => stop(client, data) };
}

async function alreadyRunning(client: pg.Client, folder: string): Promise<AlreadyRunningError> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_stat_activity JOIN pg_locks USING (pid)
     WHERE locktype = 'advisory' AND objid = $1 AND granted`,
    [OWNER_LOCK],
  );
  await client.end();
  const process = rows[0]?.name.split('-').pop() ?? 'that has just ended';
  return new AlreadyRunningError(
    `Stockroom already runs on ${folder} (process ${process}). Stop it first, or set DATABASE_URL to use another database.`,
  );
}

async function stop(client: pg.Client, data: string): Promise<void> {
  const server = readPostmasterPid(data);
  await client.end().catch(() => undefined);
  if (!server) return;
  process.kill(server.pid, 'SIGINT'); // Fast shutdown: open transactions are rolled back, everything is written.
  const deadline = Date.now() + TIMEOUT_MS;
  while (existsSync(join(data, 'postmaster.pid')) && isAlive(server.pid) && Date.now() < deadline) await sleep(20);
}

const urlOf = (data: string, port: number) =>
  `postgresql://${USER}:${readFileSync(join(data, PASSWORD_FILE), 'utf8')}@127.0.0.1:${port}/${DATABASE}`;

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n') : 'no log';
}
