import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../apps/api/src/database/embedded/free-port.ts';

/** A built service as a process of its own, as it is deployed. */
export interface ServiceProcess {
  url: string;
  child: ChildProcess;
  /** What it has printed so far. */
  output: () => string;
  /** Sends the signal and waits for the end. @returns the exit code, null where the signal itself ended it */
  end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts it with these variables and nothing of the test's own environment that could matter, and waits until it is ready. */
export async function startProcess(
  environment: Record<string, string>,
  { cwd, app = 'api' }: { cwd?: string; app?: 'api' | 'gateway' } = {},
): Promise<ServiceProcess> {
  const port = environment.PORT ?? String(await freePort());
  const child = spawn(process.execPath, [resolve('dist/apps', app, 'main.js')], {
    cwd,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'development',
      LOG_LEVEL: 'info',
      HOST: '127.0.0.1',
      METRICS_PORT: '0',
      ...environment,
      PORT: port,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return ended;
  };
  const deadline = Date.now() + 90_000;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`the ${app} did not become ready:\n${output}`);
    await sleep(25);
  }
  return { url, child, output: () => output, end };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
