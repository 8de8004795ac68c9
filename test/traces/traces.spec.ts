import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '../../apps/api/test/support/receiver.ts';
import { RawClient } from '../../apps/gateway/test/forwarding/support/raw-client.ts';
import { Client, type TestResponse } from '../support/client.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.ts';
import type { ReceivedSpan } from '../support/otlp-spans.ts';
import { pick } from '../support/pick.ts';
import { type ServiceProcess, startProcess } from '../support/process.ts';
import { until } from '../support/until.ts';

const ADMIN = { email: 'admin@example.com', password: 'a password for the test' };
const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let collector: OtlpReceiver;
let webhooks: Receiver;
let database: TestDatabase;
let api: ServiceProcess;
let gateway: ServiceProcess;
let client: Client;

beforeAll(async () => {
  [collector, webhooks, database] = await Promise.all([startOtlpReceiver(), startReceiver(), createTestDatabase()]);
  const common = {
    NODE_ENV: 'production',
    SHUTDOWN_DELAY_SECONDS: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=warehouse',
    OTEL_BSP_SCHEDULE_DELAY: '400',
  };
  api = await startProcess({
    ...common,
    DATABASE_URL: database.options.url,
    DATABASE_TLS: 'off',
    SIGNING_KEY: 'a signing key for tests, long enough to be one',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    TRUSTED_HOPS: '1',
    TRUSTED_HEADERS: 'x-request-id,traceparent',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  });
  gateway = await startProcess({ ...common, INVENTORY_API_URL: api.url }, { app: 'gateway' });
  const anonymous = new Client(gateway.url);
  const { body } = await until('the first admin is there', async () => {
    const reply = await anonymous.post('/sessions', ADMIN);
    return reply.status === 201 && reply;
  });
  client = new Client(gateway.url, body.accessToken);
});
afterAll(async () => {
  await Promise.all([gateway.end(), api.end()]);
  await Promise.all([collector.close(), webhooks.close(), database.drop()]);
});

const spansOf = (traceId: string) => collector.spans.filter((span) => span.traceId === traceId);
const childOf = (parent: ReceivedSpan, spans: ReceivedSpan[]) => spans.find((span) => span.parentId === parent.spanId)!;

/** The spans of a request in both services: the gateway's, its exchange with the API, the API's. */
async function requestSpans({ headers }: TestResponse) {
  const traceId = headers.traceparent!.split('-')[1]!;
  const ended = () => spansOf(traceId).find(({ service, kind }) => service === 'stockroom-gateway' && kind === 2);
  const request = await until('the request of the gateway has ended', ended);
  const exchange = childOf(request, spansOf(traceId));
  const served = await until('the request of the API has ended', () => childOf(exchange, spansOf(traceId)));
  return { traceId, request, exchange, served };
}

const receive = (sku: string): Promise<TestResponse> =>
  client.post('/movements', { type: 'receipt', lines: [{ item: { sku }, location: { code: 'MAIN' }, quantity: 3 }] });
/** Its level is there already. */
const receiveAgain = async (sku: string): Promise<TestResponse> => {
  await client.post('/items', { sku, name: sku });
  await receive(sku);
  return receive(sku);
};

const lineOf = (service: ServiceProcess, requestId: string) =>
  until('it is logged', () =>
    service
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find((line) => line.requestId === requestId),
  );

it('shows a movement from the gateway to each statement, in one trace that both services’ logs name', async () => {
  const reply = await receiveAgain('TRACE-1');
  expect(reply.status).toBe(201);
  const { traceId, request, exchange, served } = await requestSpans(reply);
  expect(request).toEqual({
    service: 'stockroom-gateway',
    name: 'POST /api/*',
    kind: 2,
    traceId,
    spanId: request.spanId,
    parentId: '',
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/api/*',
      'http.response.status_code': 201,
      'url.path': '/api/v1/movements',
    },
    links: [],
    isError: false,
  });
  expect(pick(exchange, 'service', 'name', 'kind')).toEqual({ service: 'stockroom-gateway', name: 'POST', kind: 3 });
  expect(pick(served, 'service', 'name', 'kind')).toEqual({
    service: 'stockroom-api',
    name: 'POST /api/v1/movements',
    kind: 2,
  });
  const batch = childOf(
    served,
    spansOf(traceId).filter(({ name }) => name === 'stock batch'),
  );
  expect(pick(batch, 'links', 'attributes')).toEqual({
    links: [served.spanId],
    attributes: { 'stockroom.batch.size': 1 },
  });
  const statements = spansOf(traceId).filter(({ parentId }) => parentId === batch.spanId);
  // A new connection is asked about itself before.
  const names = statements.map(({ name }) => name);
  expect(names.slice(names.indexOf('BEGIN'))).toEqual(['BEGIN', 'SELECT', 'SELECT', 'WITH', 'UPDATE', 'COMMIT']);
  const texts = statements.map(({ attributes }) => attributes['db.query.text']);
  expect(texts.at(-2)).toMatch(/^UPDATE stock_level SET .*\$1/);
  expect(texts.at(-1)).toBeUndefined();

  const requestId = reply.headers['x-request-id']!;
  expect(requestId).toBe(traceId);
  expect(reply.headers.traceparent).toBe(`00-${traceId}-${request.spanId}-01`);
  expect(pick(await lineOf(gateway, requestId), 'trace_id', 'span_id')).toEqual({
    trace_id: traceId,
    span_id: request.spanId,
  });
  expect(pick(await lineOf(api, requestId), 'trace_id', 'span_id')).toEqual({
    trace_id: traceId,
    span_id: served.spanId,
  });
});

it('links a batch with the spans of all its requests', async () => {
  await receiveAgain('TRACE-2');
  const replies = await Promise.all(Array.from({ length: 24 }, () => receive('TRACE-2')));
  const served = await Promise.all(replies.map(async (reply) => (await requestSpans(reply)).served.spanId));
  const batches = collector.spans.filter(({ links }) => links.some((id) => served.includes(id)));
  expect(new Set(batches.flatMap(({ links }) => links))).toEqual(new Set(served));
  expect(Math.max(...batches.map(({ links }) => links.length))).toBeGreaterThan(1);
});

it('continues no trace that a client names at the gateway, and at the API only one that is valid', async () => {
  const named = await requestSpans(await client.get('/items', { traceparent: PARENT }));
  expect(named.request.parentId).toBe('');
  const direct = new Client(api.url, client.token);
  await direct.get('/items?q=continued', { traceparent: PARENT });
  const trace = PARENT.split('-')[1]!;
  const continued = await until(
    'it has ended',
    () => spansOf(trace)[0] && spansOf(trace).find(({ kind }) => kind === 2),
  );
  expect(continued.parentId).toBe(PARENT.split('-')[2]);
  for (const malformed of [
    '00-0-0-01',
    `ff${PARENT.slice(2)}`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    'x'.repeat(9000),
  ]) {
    const requestId = `malformed-${malformed.length}-${malformed.slice(0, 2)}`;
    expect((await direct.get('/items', { traceparent: malformed, 'x-request-id': requestId })).status).toBe(200);
    const { trace_id, span_id } = await lineOf(api, requestId);
    const begun = await until('it has ended', () => collector.spans.find(({ spanId }) => spanId === span_id));
    expect(pick(begun, 'parentId', 'traceId')).toEqual({ parentId: '', traceId: trace_id });
  }
});

it('shows what the gateway asks of the API for a browser, as part of the browser’s request', async () => {
  const response = await fetch(`${gateway.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: gateway.url },
    body: JSON.stringify(ADMIN),
  });
  expect(response.status).toBe(201);
  const { request, exchange, served } = await requestSpans({
    status: 201,
    headers: Object.fromEntries(response.headers),
    body: '',
  });
  expect([request.name, exchange.name, served.name]).toEqual(['POST /session', 'POST', 'POST /api/v1/sessions']);
});

it('shows the delivery of an event to a webhook, without what is secret in its URL', async () => {
  const url = `${webhooks.url}/hidden-token?key=hidden-key`;
  const { body } = await client.post('/webhooks', { url, types: ['item'] });
  await client.post(`/webhooks/${body.id}/test`);
  const delivery = await until('it is delivered', () =>
    collector.spans.find(({ name }) => name === 'webhook delivery'),
  );
  expect(pick(delivery, 'service', 'kind', 'parentId', 'attributes')).toEqual({
    service: 'stockroom-api',
    kind: 3,
    parentId: '',
    attributes: {
      'http.request.method': 'POST',
      'http.response.status_code': 204,
      'server.address': '127.0.0.1',
      'stockroom.webhook.id': body.id,
      'stockroom.event.id': webhooks.requests[0]!.id,
    },
  });
  expect(webhooks.requests[0]!.headers.traceparent).toBeUndefined();
});

it('sends no values of statements, bodies or credentials, and nothing about health checks', async () => {
  const reply = await client.post('/items', { sku: 'HIDDEN-SKU', name: 'Hidden name' });
  expect((await client.post('/items', { sku: 'HIDDEN-SKU', name: 'Hidden name' })).status).toBe(409);
  await client.get('/items?q=hidden-search');
  for (const { url } of [api, gateway])
    for (const path of ['/health', '/health/live', '/health/ready']) await fetch(url + path);
  const raw = new RawClient(Number(new URL(gateway.url).port));
  raw.send('GET http://hidden-user:hidden-password@a/ HTTP/1.1\r\nHost: a\r\n\r\n');
  expect((await raw.reply()).status).toBe(400);
  await requestSpans(await client.get(`/items/${reply.body.id}`));
  const sent = collector.bytes().toString('latin1');
  for (const hidden of ['HIDDEN-SKU', 'Hidden name', 'hidden-', client.token!, ADMIN.password, ADMIN.email])
    expect(sent.includes(hidden)).toBe(false);
  expect(collector.spans.filter(({ attributes }) => String(attributes['url.path']).startsWith('/health'))).toEqual([]);
  expect(pick(collector.headers(), 'content-type', 'x-team')).toEqual({
    'content-type': 'application/x-protobuf',
    'x-team': 'warehouse',
  });
});

it('loads OpenTelemetry only where traces are sent', () => {
  for (const app of ['api', 'gateway'])
    expect(readFileSync(`dist/apps/${app}/main.js`, 'utf8')).not.toContain('BatchSpanProcessor');
});

it('sends what is left before the processes end', async () => {
  const { headers } = await client.get('/items');
  expect(await Promise.all([gateway.end(), api.end()])).toEqual([0, 0]);
  const kinds = spansOf(headers.traceparent!.split('-')[1]!).map(({ service, kind }) => `${service} ${kind}`);
  expect(kinds).toEqual(
    expect.arrayContaining(['stockroom-gateway 2', 'stockroom-gateway 3', 'stockroom-api 2', 'stockroom-api 3']),
  );
});
