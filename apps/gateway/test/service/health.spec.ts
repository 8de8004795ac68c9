import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Drain } from '#service';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { until } from '../../../../test/support/until.ts';
import { ok, RawUpstream } from '../forwarding/support/raw-upstream.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { problem, response } from '../../../../test/support/responses.ts';

let api: TestApi;
let gateway: TestGateway;
let lonely: TestGateway;
beforeAll(async () => {
  api = await startApi();
  gateway = await startGateway(api.url);
  lonely = await startGateway('http://127.0.0.1:1');
});
afterAll(async () => {
  await gateway.close();
  await lonely.close();
  await api.close();
});

const inventory = (status: 'up' | 'down') => ({ api: { status, latencyMs: expect.any(Number) as unknown } });
const ask = async ({ url }: TestGateway, path: string) => {
  const { status, headers, body } = await new Client(url).get(path);
  return { status, cache: headers['cache-control'], body };
};

it('reports that the process is running, whether it is ready, its dependencies and its version', async () => {
  const cache = 'no-store';
  expect(await ask(gateway, '/health/live')).toEqual({ status: 200, cache, body: { status: 'ok' } });
  expect(await ask(gateway, '/health/ready')).toEqual({ status: 200, cache, body: { status: 'ok' } });
  expect(await ask(gateway, '/health')).toEqual({
    status: 200,
    cache,
    body: { status: 'ok', info: inventory('up'), error: {}, details: inventory('up') },
  });
  expect(await ask(gateway, '/version')).toEqual({ status: 200, cache, body: { version: '0.0.0', commit: 'test' } });
});

it('asks the API once for all requests to /health at the same time', async () => {
  const upstream = await new RawUpstream().listen();
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  upstream.script = async (seen) => {
    await released;
    await ok(seen);
  };
  const flooded = await startGateway(upstream.url);
  let come = 0;
  flooded.app.getHttpServer().on('request', () => come++);
  const responses = Promise.all(Array.from({ length: 50 }, () => ask(flooded, '/health')));
  await until('all have come', () => come === 50 && upstream.requests.length > 0);
  // Another one where the first has timed out on a busy machine.
  expect(upstream.requests.length).toBeLessThan(5);
  release();
  await responses;
  await flooded.close();
  await upstream.close();
});

it('stays ready while the API is unreachable, and says so in /health', async () => {
  const cache = 'no-store';
  expect(await ask(lonely, '/health/ready')).toEqual({ status: 200, cache, body: { status: 'ok' } });
  expect(await ask(lonely, '/health')).toEqual({
    status: 503,
    cache,
    body: { status: 'error', info: {}, error: inventory('down'), details: inventory('down') },
  });
});

it('is not ready once it drains, and tells callers to close, also those that it forwards for', async () => {
  const leaving = await startGateway(api.url);
  leaving.app.get(Drain).draining = true;
  const client = new Client(leaving.url, api.viewer.token);
  expect(await client.get('/health/ready')).toEqual(
    problem('unavailable', { detail: 'This task is draining.', headers: { 'retry-after': '1' } }),
  );
  expect(await client.get('/items')).toEqual(response(200, { items: [], nextCursor: null }, { connection: 'close' }));
  await leaving.close();
});
