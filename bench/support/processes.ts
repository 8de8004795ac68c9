import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeFlags } from '#runtime';
import { freePort } from '../../test/support/free-port.ts';
import { usageOf, type Usage } from './usage.ts';

const PATIENCE_MS = 30_000;

/** A server in a process of its own, answering. */
export interface Process extends Usage {
  url: string;
  /** From its spawn to the first 200 of `ready`, in milliseconds. */
  readyMs: number;
  stop: () => Promise<void>;
}

export const ADMIN = { email: 'admin@example.com', password: 'a bench has no secrets' };

/**
 * The built API as it runs in production, its log thrown away.
 * @param port default: any. @param more of its environment
 */
export async function startApi(databaseUrl: string, port?: number, more: NodeJS.ProcessEnv = {}): Promise<Process> {
  return startService('api', port, {
    DATABASE_URL: databaseUrl,
    DATABASE_TLS: 'off',
    SIGNING_KEY: 'a key that signs nothing but what this bench asks for',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    ...more,
  });
}

/** The built gateway as it runs in production, its log thrown away, with a rate limit that counts and does not refuse. */
export const startGateway = (apiUrl: string): Promise<Process> =>
  startService('gateway', undefined, {
    INVENTORY_API_URL: apiUrl,
    RATE_LIMIT_PER_SECOND: '1000000',
    RATE_LIMIT_BURST: '1000000',
    MAX_BODY_BYTES: String(2 ** 32),
  });

async function startService(
  service: keyof typeof nodeFlags,
  port: number | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<Process> {
  const main = resolve(`dist/apps/${service}/main.js`);
  if (!existsSync(main)) throw new Error(`${main} is not there: run \`npm run build\` first.`);
  const metricsPort = String(await freePort());
  const common = { NODE_ENV: 'production', METRICS_PORT: metricsPort, SHUTDOWN_DELAY_SECONDS: '0' };
  return startServer(
    process.execPath,
    [...nodeFlags[service], main],
    '/health/ready',
    { ...common, ...environment },
    port,
  );
}

/** One of `bench/peers`. @param databaseUrl for those that ask a database */
export const startPeer = (name: string, databaseUrl?: string): Promise<Process> =>
  startServer(process.execPath, [resolve(import.meta.dirname, `../peers/${name}.ts`)], '/ready', {
    DATABASE_URL: databaseUrl,
  });

/** One of `bench/peers/proxies`, in front of an upstream that answers `/ready`. */
export const startProxy = (name: string, upstream: string): Promise<Process> =>
  startServer(process.execPath, [resolve(import.meta.dirname, '../peers/proxies/main.ts'), name], '/ready', {
    UPSTREAM: upstream,
  });

/** A program that serves on `HOST` and `PORT`. @param ready a path that it answers with 200 */
export async function startServer(
  program: string,
  args: string[],
  ready: string,
  environment: NodeJS.ProcessEnv,
  givenPort?: number,
): Promise<Process> {
  const port = givenPort ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const { PATH, TMPDIR } = process.env;
  const env = { PATH, TMPDIR, HOST: '127.0.0.1', PORT: String(port), ...environment };
  const begin = performance.now();
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const readyMs = await whenReady(child, url + ready, begin);
  return { url, readyMs, ...usageOf(child.pid!), stop: () => stop(child) };
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
