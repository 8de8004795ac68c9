import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { until } from '../../../../test/support/until.ts';
import { RawClient } from '../forwarding/support/raw-client.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { watch } from '../support/seen.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const lines = ({ log }: TestGateway) => log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');

it('writes one line for each request, forwarded or not, by which both services’ logs are found', async () => {
  const gateway = await startGateway(api.url);
  const seen = watch(api);
  const client = new Client(gateway.url, api.viewer.token);
  const forwarded = await client.get('/items?q=secret');
  const own = await client.get('/version');
  const written = await until('both are written', () => lines(gateway).length === 2 && lines(gateway));
  const traceparent = seen[0]!.headers.traceparent;
  const requestId = forwarded.headers['x-request-id'];
  const common = { level: 30, time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String) };
  const line = { ...common, method: 'GET', status: 200, ms: expect.any(Number), msg: 'request' };
  expect(written).toEqual([
    { ...line, path: '/api/v1/items', requestId, traceparent },
    {
      ...line,
      path: '/version',
      requestId: own.headers['x-request-id'],
      traceparent: own.headers.traceparent,
    },
  ]);
  expect(seen[0]!.headers['x-request-id']).toBe(requestId);
  expect([forwarded.headers.via, own.headers.via]).toEqual(['1.1 stockroom', undefined]);
  expect(forwarded.headers['x-served-by']).toMatch(/^[^,]+, [^,]+$/);
  await gateway.close();
});

it('tells with every answer which task gave it and that its type is to be believed, its earliest refusals included', async () => {
  const gateway = await startGateway(api.url);
  const client = new Client(gateway.url, api.viewer.token);
  const common = { 'x-served-by': expect.any(String), 'x-content-type-options': 'nosniff' };
  expect(await client.get('/items')).toEqual(response(200, { items: [], nextCursor: null }, common));
  expect(await client.get('/items%2Fhidden')).toEqual(
    problem('malformed-request', {
      detail: 'The request target must be an absolute path without dot segments, empty segments or encoded separators.',
      headers: common,
    }),
  );
  await gateway.close();
});

it('says why it refused, what was tried, and what lay behind it', async () => {
  const gateway = await startGateway('http://127.0.0.1:1');
  expect((await new Client(gateway.url).get('/items')).status).toBe(502);
  const [line] = await until('it is written', () => lines(gateway).length > 0 && lines(gateway));
  expect(pick(line, 'level', 'path', 'status', 'refusal', 'retries', 'cause')).toEqual({
    level: 40,
    path: '/api/v1/items',
    status: 502,
    refusal: 'connect',
    retries: 1,
    cause: expect.stringMatching(/ECONNREFUSED|bad port/i),
  });
  await gateway.close();
});

it('measures forwarded requests, refusals by reason, and the way to the API', async () => {
  const gateway = await startGateway(api.url, { rateLimit: { capacity: 3, perSecond: 0.001 } });
  const client = new Client(gateway.url, 'rubbish');
  for (let i = 0; i < 4; i++) await client.get('/items');
  const raw = new RawClient(Number(new URL(gateway.url).port));
  await raw.send('hello\r\n\r\n').end();
  const text = await until('all are counted', async () => {
    const now = await gateway.metrics.registry.metrics();
    return /status="429"\} 1\n/.test(now) && now;
  });
  const request = 'http_server_request_duration_seconds_count{service="gateway",method="GET",route="/api/*"';
  for (const line of [
    `${request},status="401"} 3`,
    `${request},status="429"} 1`,
    'gateway_refusals_total{reason="rate-limit",service="gateway"} 1',
    'gateway_refusals_total{reason="not-http",service="gateway"} 1',
    'gateway_in_flight{service="gateway"} 0',
    'gateway_upstream_connections{service="gateway"} 1',
    'gateway_upstream_breaker{service="gateway"} 0',
    'gateway_rate_limit_keys{service="gateway"} 1',
  ])
    expect(text).toContain(`${line}\n`);
  await gateway.close();
});

it('makes no time series of methods that a client makes up', async () => {
  const gateway = await startGateway(api.url);
  const client = new RawClient(Number(new URL(gateway.url).port)).send(
    'BREW /api/v1/items HTTP/1.1\r\nHost: a\r\n\r\n',
  );
  expect((await client.reply()).status).toBe(501);
  await client.end();
  const text = await gateway.metrics.registry.metrics();
  expect(text).toContain('gateway_refusals_total{reason="method",service="gateway"} 1\n');
  expect(text).not.toContain('BREW');
  client.destroy();
  await gateway.close();
});
