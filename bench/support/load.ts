import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Request {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface LoadOptions {
  seconds: number;
  connections: number;
  /** How long each connection waits after a response. Default: not at all. */
  pauseMs?: number;
}

/** What a generator counted. */
export interface Load {
  requests: number;
  seconds: number;
  /** Answers that were no 2xx, and connections that broke. */
  failures: number;
  /** Of these, the answers. */
  refusals: number;
}

const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

/** Which program sends the load: wrk where it is installed, else one of our own, which takes more of the machine. */
export const generator = hasWrk ? 'wrk' : 'bench/support/closed-loop.ts';

/**
 * Sends these requests, over and over, from a process of its own: each connection sends its next request when it has
 * the answer to the one before.
 * @returns answers per second
 * @throws Error where an answer was not a 2xx: a figure about refusals is none
 */
export async function load(url: string, requests: Request[], options: LoadOptions): Promise<number> {
  const { requests: answers, seconds } = await count(url, requests, options);
  return answers / seconds;
}

/** The same, with what was counted. */
export async function count(url: string, requests: Request[], options: LoadOptions): Promise<Load> {
  const counted = await offer(url, requests, options);
  if (counted.failures > 0) throw new Error(`${counted.failures} of ${counted.requests} requests to ${url} failed.`);
  return counted;
}

/** The same, where refusals are part of what is measured. */
export async function offer(url: string, requests: Request[], options: LoadOptions): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'stockroom-load-'));
  try {
    return await (hasWrk ? wrk : closedLoop)(url, requests, options, join(folder, 'requests'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What stands in the file for the end of a line. */
const CRLF = '\u0001';

function wrk(
  url: string,
  requests: Request[],
  { seconds, connections, pauseMs = 0 }: LoadOptions,
  file: string,
): Promise<Load> {
  writeFileSync(file, requests.map((request) => `${raw(new URL(url).host, request).join(CRLF)}\n`).join(''));
  const script = join(import.meta.dirname, 'wrk.lua');
  const counts = [`-t1`, `-c${connections}`, `-d${seconds}s`, '--timeout', '30s'];
  return run('wrk', [...counts, '-s', script, url, '--', file, `${pauseMs}`]);
}

function raw(host: string, { method, path, headers = {}, body = '' }: Request): string[] {
  const all = { host, ...headers, ...(body && { 'content-length': String(Buffer.byteLength(body)) }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body];
}

function closedLoop(url: string, requests: Request[], options: LoadOptions, file: string): Promise<Load> {
  writeFileSync(file, JSON.stringify(requests));
  const { seconds, connections, pauseMs = 0 } = options;
  return run(process.execPath, [
    join(import.meta.dirname, 'closed-loop.ts'),
    url,
    file,
    `${seconds}`,
    `${connections}`,
    `${pauseMs}`,
  ]);
}

/** The last line of both generators: `RESULT <requests> <microseconds> <failures> <refusals>`. */
function run(program: string, args: string[]): Promise<Load> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (text) => (output += String(text)));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => {
      const found = /^RESULT (\d+) (\d+) (\d+) (\d+)$/m.exec(output);
      if (!found) return reject(new Error(`${program} said: ${output}`));
      const [requests, microseconds, failures, refusals] = found.slice(1).map(Number) as [
        number,
        number,
        number,
        number,
      ];
      resolve({ requests, seconds: microseconds / 1e6, failures, refusals });
    });
  });
}
