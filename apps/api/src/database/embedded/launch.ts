import { closeSync, existsSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { binaries } from './binaries.ts';
import { waitUntilReady } from './connection.ts';
import { ownerUrl } from './embedded-database.ts';
import { freePort } from './free-port.ts';
import { endOrphans, findPostmaster, removeStaleLockFile, shutDown } from './postmaster.ts';
import { ownerOf, spawnAs } from './spawn-as.ts';

const ATTEMPTS = 5;
const LOG_MAX_BYTES = 10 * 1024 ** 2;

export interface LaunchOptions {
  folder: string;
  data: string;
  /** Default: a free one. */
  port?: number | undefined;
  /** Extra server settings. */
  settings: Record<string, string>;
}

/**
 * Makes sure that a server runs on the data directory, whatever state an earlier one was left in.
 * @returns its port
 * @throws Error with the last lines of the server's log
 */
export async function ensureRunning(options: LaunchOptions): Promise<number> {
  const { data, folder } = options;
  // Again where another start was quicker, or where the port was taken in between.
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const port = (await runningOn(data)) ?? (await launch(options));
    if (port !== undefined) return port;
  }
  throw new Error(`The embedded PostgreSQL did not start: ${lastLines(join(folder, 'postgres.log'))}`);
}

/** The port of the server that runs on the data directory. One that hangs is ended. */
async function runningOn(data: string): Promise<number | undefined> {
  const postmaster = findPostmaster(data);
  if (!postmaster) return undefined;
  const { pid, port } = postmaster;
  const state = await waitUntilReady(ownerUrl(data, port), () => findPostmaster(data)?.pid === pid);
  if (state === 'ready') return port;
  if (state !== 'starting') await shutDown(data);
  return undefined;
}

async function launch({ folder, data, settings, ...options }: LaunchOptions): Promise<number | undefined> {
  await endOrphans(data);
  removeStaleLockFile(data);
  const port = options.port ?? (await freePort());
  const flags = Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    ...settings,
    port: String(port),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openLog(join(folder, 'postgres.log'));
  const server = spawnAs(binaries().postgres, ownerOf(data), data, ['-D', data, ...flags], {
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  server.unref();
  let running = true;
  server.once('exit', () => (running = false)).once('error', () => (running = false));
  return (await waitUntilReady(ownerUrl(data, port), () => running)) === 'ready' ? port : undefined;
}

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_MAX_BYTES) truncateSync(file);
  return openSync(file, 'a');
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n') : 'no log';
}
