import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { ReverseProxy } from '../../src/proxy/proxy.ts';
import type { Trust } from '../../src/proxy/rules/trust.ts';
import { REVERSE_PROXY } from '../../src/proxy-lifecycle.ts';
import { get, request } from '../forwarding/support/case.ts';
import { until } from '../../../../test/support/until.ts';
import { RawClient } from '../forwarding/support/raw-client.ts';
import { RawUpstream } from '../forwarding/support/raw-upstream.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

/** Of each address, and less than half of what all have together. */
const SHARE = 100;
const LIMITS = {
  maxInFlight: 250,
  maxInFlightPerClient: SHARE,
  maxInFlightPerNetwork: 250,
  maxConnectionsPerClient: SHARE,
  ownBodyMs: 300_000,
  headersMs: 300_000,
  lingerMs: 10,
};
const SLOW = 400;
const [ATTACKER, CLIENT] = ['127.0.0.2', '127.0.0.3'];

let folder: string;
let upstream: RawUpstream;
let gateway: TestGateway;
const clients: RawClient[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stockroom-web-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  upstream = await new RawUpstream().listen();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await gateway.close();
});
afterAll(async () => {
  await upstream.close();
  await rm(folder, { recursive: true });
});

/** @param limits besides those of all tests */
async function start(limits: Partial<typeof LIMITS>, trust?: Trust): Promise<ReverseProxy> {
  gateway = await startGateway(upstream.url, {
    webBuild: folder,
    limits: { ...LIMITS, ...limits },
    ...(trust && { trust }),
  });
  return gateway.app.get<ReverseProxy>(REVERSE_PROXY);
}

function connect(localAddress: string): RawClient {
  const client = new RawClient(Number(new URL(gateway.url).port), { localAddress });
  clients.push(client);
  return client;
}

const slowBody = (target: string, ...lines: string[]) =>
  request('POST', target, ['Content-Type: application/json', 'Content-Length: 100', ...lines], '{');

const SLOW_TARGETS = ['/session', '/api/v1/items', '/', '/none', '/healthy'];

/** So many requests whose bodies never come to an end, on every kind of route in turn. */
const sendSlowBodies = (localAddress: string, linesOf: (n: number) => string[] = () => []) =>
  Array.from({ length: SLOW }, (_, n) =>
    connect(localAddress).send(slowBody(SLOW_TARGETS[n % SLOW_TARGETS.length]!, ...linesOf(n))),
  );

/** The statuses of one request to each kind of route, each on a new connection. */
async function statusesOf(localAddress: string, ...lines: string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const target of ['/', '/session', '/version', '/api/v1/items']) {
    const { status } = await connect(localAddress)
      .send(get(target, ...lines))
      .reply();
    statuses.push(status);
  }
  return statuses;
}

const isRefused = ({ text }: RawClient) => /^HTTP\/1\.1 (?:408|429) /.test(text);

/** Waits until all but one share have been refused, or have made room for a later one. */
const untilRefused = (slow: RawClient[]) => until('the refusals', () => slow.filter(isRefused).length >= SLOW - SHARE);

it('keeps 400 slow bodies of one address, over all routes, to its share while another address is served', async () => {
  const proxy = await start({ maxConnectionsPerClient: SLOW });
  const slow = sendSlowBodies(ATTACKER);
  await untilRefused(slow);
  expect(await statusesOf(CLIENT)).toEqual([200, 200, 200, 200]);
  expect({ refused: slow.filter(isRefused).length, inFlight: proxy.stats().inFlight }).toEqual({
    refused: SLOW - SHARE,
    inFlight: SHARE,
  });
});

it('closes all but a share of 400 slow headers of 16,200 bytes of one address while another address is served', async () => {
  await start({});
  const header = `GET / HTTP/1.1\r\nHost: shop.example\r\nX-Slow: ${'x'.repeat(16_150)}`;
  const slow = Array.from({ length: SLOW }, () => connect(ATTACKER).send(header));
  const open = () => slow.filter(({ ended }) => ended === 'no').length;
  await until('the others to be closed', () => open() <= SHARE);
  expect(await statusesOf(CLIENT)).toEqual([200, 200, 200, 200]);
  expect(open()).toBe(SHARE);
});

it('refuses 400 headers above 16 kB at once, each with 431', async () => {
  await start({ maxConnectionsPerClient: SLOW });
  const header = `GET / HTTP/1.1\r\nHost: shop.example\r\nX-Large: ${'x'.repeat(16_380)}\r\n\r\n`;
  const large = Array.from({ length: SLOW }, () => connect(ATTACKER).send(header));
  const statuses = await Promise.all(large.map(async (client) => (await client.reply()).status));
  expect(new Set(statuses)).toEqual(new Set([431]));
  expect(await statusesOf(CLIENT)).toEqual([200, 200, 200, 200]);
});

it('goes by the address that the trusted proxy saw, whatever the client claims before it', async () => {
  const proxy = await start({}, { hops: 1, headers: new Set() });
  const slow = sendSlowBodies(ATTACKER, (n) => [`X-Forwarded-For: 192.0.2.${n % 250}, 198.51.100.7`]);
  await untilRefused(slow);
  // The same proxy's address: only the header field tells the two apart.
  expect(await statusesOf(ATTACKER, 'X-Forwarded-For: 203.0.113.5')).toEqual([200, 200, 200, 200]);
  expect({ refused: slow.filter(isRefused).length, inFlight: proxy.stats().inFlight }).toEqual({
    refused: SLOW - SHARE,
    inFlight: SHARE,
  });
});
