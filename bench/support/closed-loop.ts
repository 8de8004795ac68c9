import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { Request } from './load.ts';

// node closed-loop.ts <url> <file> <seconds> <connections>: for machines without wrk.
const [url, file, seconds, connections] = process.argv.slice(2) as [string, string, string, string];
const requests = JSON.parse(readFileSync(file, 'utf8')) as Request[];
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const begin = performance.now();
const end = begin + Number(seconds) * 1000;
let next = Math.floor(Math.random() * requests.length);
let answers = 0;
let failures = 0;

function send({ method, path, headers, body }: Request): Promise<boolean> {
  return new Promise((resolve) => {
    request(url + path, {
      agent,
      method,
      headers: { ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) },
    })
      .on('response', (response) => response.resume().on('end', () => resolve(response.statusCode! < 300)))
      .on('error', () => resolve(false))
      .end(body);
  });
}

async function work(): Promise<void> {
  while (performance.now() < end) {
    if (!(await send(requests[next++ % requests.length]!))) failures++;
    answers++;
  }
}

await Promise.all(Array.from({ length: Number(connections) }, work));
console.log(`RESULT ${answers} ${Math.round((performance.now() - begin) * 1000)} ${failures}`);
agent.destroy();
