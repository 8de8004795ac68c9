import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeFlags } from '#runtime';

const API = resolve('dist/apps/api/main.js');
const PATIENCE_MS = 30_000;

/** A server in a process of its own, answering. */
export interface Process {
  url: string;
  /** From its spawn to the first 200 of `ready`, in milliseconds. */
  readyMs: number;
  /** The largest resident set it ever had, in MiB (`VmHWM` of Linux's /proc; NaN elsewhere). */
  peakMiB: () => number;
  stop: () => Promise<void>;
}

/** The built API as it runs in production, its log thrown away. */
export async function startApi(databaseUrl: string): Promise<Process> {
  if (!existsSync(API)) throw new Error('The API is not built: run `npm run build` first.');
  return startServer([...nodeFlags, API], '/health/ready', {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    DATABASE_TLS: 'off',
    METRICS_PORT: String(await freePort()),
    SIGNING_KEY: 'a key that signs nothing but what this bench asks for',
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'a bench has no secrets',
    LOOK_AWAY_SECONDS: '0',
  });
}

/** One of `bench/peers`. */
export const startPeer = (name: string, databaseUrl: string): Promise<Process> =>
  startServer([resolve(import.meta.dirname, `../peers/${name}.ts`)], '/ready', { DATABASE_URL: databaseUrl });

async function startServer(args: string[], ready: string, environment: NodeJS.ProcessEnv): Promise<Process> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { PATH, TMPDIR } = process.env;
  const env = { PATH, TMPDIR, HOST: '127.0.0.1', PORT: String(port), ...environment };
  const begin = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const readyMs = await whenReady(child, url + ready, begin);
  return { url, readyMs, peakMiB: () => peakOf(child), stop: () => stop(child) };
}

async function whenReady(child: ChildProcess, url: string, begin: number): Promise<number> {
  while (performance.now() - begin < PATIENCE_MS) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with ${child.exitCode}.`);
    const response = await fetch(url).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) return performance.now() - begin;
    await sleep(5);
  }
  child.kill('SIGKILL');
  throw new Error(`${url} was not ready within ${PATIENCE_MS} ms.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function peakOf({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
