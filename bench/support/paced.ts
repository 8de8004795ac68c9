import { Agent, request } from 'node:http';
import type { LoadOptions, Request } from './load.ts';

const TICK_MS = 2;

/**
 * Sends a request at a fixed rate, whether or not the answers keep up: what waits is counted from when it was due.
 * @returns the 99th percentile of the time to the answer's end, in milliseconds
 * @throws Error where an answer is not a 2xx
 */
export async function pacedP99(
  url: string,
  what: Request,
  { seconds, connections, perSecond }: LoadOptions & { perSecond: number },
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const total = Math.floor(seconds * perSecond);
  const begin = performance.now();
  const times: Promise<number>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - begin) / 1000) * perSecond));
      while (times.length < due) times.push(once(agent, url, what, begin + (times.length / perSecond) * 1000));
      if (times.length < total) return;
      clearInterval(timer);
      resolve();
    }, TICK_MS);
  });
  const sorted = (await Promise.all(times)).sort((one, other) => one - other);
  agent.destroy();
  return sorted[Math.floor(sorted.length * 0.99)]!;
}

function once(agent: Agent, url: string, { method, path, headers }: Request, due: number): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url + path, { agent, method, headers }, (response) => {
      if (response.statusCode! >= 300) reject(new Error(`${url} answered ${response.statusCode}.`));
      response.resume().on('end', () => resolve(performance.now() - due));
    })
      .on('error', reject)
      .end();
  });
}
