import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { until as untilDeadline } from '../../../../test/support/until.ts';
import { Metrics } from '../process/metrics.ts';
import { Admission } from './admission.ts';

/** Ends what hangs. */
const DEADLINE_MS = 30_000;
const AN_HOUR_MS = 3_600_000;

let server: Server;
let metrics: Metrics;
let admission: Admission;
/** The responses of the requests that were admitted. */
let admitted: ServerResponse[];
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

/** A server that works on one request at a time, for as long as the test likes. */
async function start(msPerSecond: number, perSecond = 500): Promise<void> {
  metrics = new Metrics('test');
  admission = new Admission(1, new Set(), metrics, { msPerSecond, perSecond });
  admitted = [];
  server = createServer(admission.limit((_request, response) => void admitted.push(response)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
}

const until: typeof untilDeadline = (what, condition) => untilDeadline(what, condition, DEADLINE_MS);

/** A connection, and the status codes of what came on it. */
function open(): { send: () => void; statuses: () => string[]; text: () => string } {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.on('data', (data) => (text += String(data)));
  return {
    send: () => void socket.write('GET /api/v1/items HTTP/1.1\r\nHost: x\r\n\r\n'),
    statuses: () => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!),
    text: () => text,
  };
}

async function paused(): Promise<number> {
  const [sample] = (await metrics.registry.getSingleMetric('http_server_paused_connections')!.get()).values;
  return sample!.value;
}

/** One request that is worked on, and a connection whose first one was refused. */
async function overload() {
  const busy = open();
  busy.send();
  await until('a request is worked on', () => admitted.length === 1);
  const refused = open();
  refused.send();
  await until('another is refused', () => refused.statuses().length === 1);
  expect(refused.statuses()).toEqual(['503']);
  return { busy, refused };
}

it('reads no further request on a connection after a refusal until there is room, and then serves it', async () => {
  await start(AN_HOUR_MS);
  const { busy, refused } = await overload();
  await until('its connection is paused', async () => (await paused()) === 1);
  refused.send();
  admitted[0]!.end();
  await until('the first has its response', () => busy.statuses().length === 1);
  await until('the further one is worked on', () => admitted.length === 2);
  admitted[1]!.end();
  await until('it has its response', () => refused.statuses().length === 2);
  expect(refused.statuses()).toEqual(['503', '200']);
  await until('all are read', async () => (await paused()) === 0);
});

it('reads it at the latest when the time of Retry-After has passed, also where there is no room', async () => {
  await start(20);
  const { refused } = await overload();
  for (let count = 2; count <= 4; count++) {
    refused.send();
    await until('the further one is refused', () => refused.statuses().length === count);
  }
  expect([refused.statuses(), admitted.length]).toEqual([['503', '503', '503', '503'], 1]);
});

it('passes over connections that are read again and send nothing', async () => {
  await start(AN_HOUR_MS);
  const { refused: silent } = await overload();
  const another = open();
  another.send();
  await until('two connections are paused', async () => (await paused()) === 2);
  another.send();
  admitted[0]!.end();
  await until('the further request is worked on', () => admitted.length === 2);
  expect(silent.statuses()).toEqual(['503']);
});

it('reads a connection that was served after those that were refused before, and serves it without a refusal', async () => {
  await start(AN_HOUR_MS);
  const { busy, refused } = await overload();
  const another = open();
  another.send();
  await until('two connections are paused', async () => (await paused()) === 2);
  const respond = async (connection: typeof busy) => {
    const before = connection.statuses().length;
    admitted.at(-1)!.end();
    await until('the response arrives', () => connection.statuses().length > before);
  };
  for (const connection of [refused, another]) connection.send();
  await respond(busy);
  await until('the served one waits as well', async () => (await paused()) === 2);
  busy.send();
  for (const [n, connection] of [refused, another, busy].entries()) {
    await until('the next is worked on', () => admitted.length === n + 2);
    await respond(connection);
  }
  expect([busy, refused, another].map(({ statuses }) => statuses())).toEqual([
    ['200', '200'],
    ['503', '200'],
    ['503', '200'],
  ]);
});

it('closes the connection with a refusal while the process ends', async () => {
  await start(AN_HOUR_MS);
  admission.closeOn({ draining: true });
  const { refused } = await overload();
  expect(refused.text()).toMatch(/^connection: close\r$/m);
  expect(await paused()).toBe(0);
});

it('tells connections to come back later, the more of them wait, but after 10 s at most', async () => {
  await start(AN_HOUR_MS, 1);
  const { refused } = await overload();
  const all = [refused, ...Array.from({ length: 11 }, open)];
  for (const [n, connection] of all.entries()) {
    if (n > 0) connection.send();
    await until(`${n + 1} connections are paused`, async () => (await paused()) === n + 1);
  }
  const told = all.map(({ text }) => Number(/^retry-after: (\d+)\r$/m.exec(text())?.[1]));
  expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10]);
});
