import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request } from './load.ts';

// node closed-loop.ts <url> <file> <seconds> <connections> <pause in ms>: for machines without wrk.
const [url, file, seconds, connections, pauseMs] = process.argv.slice(2) as [string, string, string, string, string];
const requests = JSON.parse(readFileSync(file, 'utf8')) as Request[];
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const begin = performance.now();
const end = begin + Number(seconds) * 1000;
let next = Math.floor(Math.random() * requests.length);
let answers = 0;
let failures = 0;
let refusals = 0;

/** @returns the status, 0 where the connection broke */
function send({ method, path, headers, body }: Request): Promise<number> {
  return new Promise((resolve) => {
    request(url + path, {
      agent,
      method,
      headers: { ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) },
    })
      .on('response', (response) => response.resume().on('end', () => resolve(response.statusCode!)))
      .on('error', () => resolve(0))
      .end(body);
  });
}

async function work(): Promise<void> {
  while (performance.now() < end) {
    const status = await send(requests[next++ % requests.length]!);
    answers++;
    if (status === 0 || status >= 300) failures++;
    if (status >= 300) refusals++;
    if (pauseMs !== '0') await sleep(Math.random() * 2 * Number(pauseMs));
  }
}

await Promise.all(Array.from({ length: Number(connections) }, work));
console.log(`RESULT ${answers} ${Math.round((performance.now() - begin) * 1000)} ${failures} ${refusals}`);
agent.destroy();
