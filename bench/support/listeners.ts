import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

// node listeners.ts <url> <API keys, separated by commas> <streams of each>
// Reads the change feed in many streams and receives a webhook, at the URL that it prints. Until its input ends; then it prints,
// for both, how many events came and the 99th percentile of the time since their transactions began, in ms.
const [url, keys, perKey] = process.argv.slice(2) as [string, string, string];
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const CREATED_AT = /"(?:createdAt|timestamp)"\s*:\s*"([^"]+)"/;

class Delays {
  private readonly all: number[] = [];
  events = 0;

  /** @param text begins with the oldest of `events` events */
  add(text: string, events: number): void {
    const createdAt = CREATED_AT.exec(text)?.[1];
    if (createdAt === undefined) return;
    this.events += events;
    this.all.push(Date.now() - Date.parse(createdAt));
  }

  get p99(): number {
    return this.all.toSorted((one, other) => one - other)[Math.floor(this.all.length * 0.99)] ?? NaN;
  }
}

const [streams, webhook] = [new Delays(), new Delays()];

async function listen(key: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' };
  const asked = get(`${url}/api/v1/events?after=latest&types=movement`, { agent, headers });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`A stream was answered with ${response.statusCode}.`);
  // Not parsed: 200 programs on this machine would take more of it than the API.
  response.on('data', (chunk: Buffer) => {
    const text = chunk.toString('latin1');
    streams.add(text, text.split('\ndata: ').length - 1);
  });
}

const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => {
    webhook.add(body, 1);
    response.end();
  });
});
await once(receiver.listen(0, '127.0.0.1'), 'listening');
await Promise.all(keys.split(',').flatMap((key) => Array.from({ length: Number(perKey) }, () => listen(key))));
console.log(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
await once(process.stdin.resume(), 'end');
console.log(JSON.stringify([streams, webhook].map(({ events, p99 }) => ({ events, p99 }))));
process.exit();
