import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import type { TestResponse } from '../../../../test/support/client.ts';
import { until } from '../../../../test/support/until.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi(undefined, { maxConcurrentRequests: 2 });
});
afterEach(() => api.close());

const expectRefused = ({ status, headers, body }: TestResponse, connection?: string) =>
  expect({ status, retryAfter: headers['retry-after'], cache: headers['cache-control'], connection: headers.connection, body }).toEqual({
    status: 503,
    retryAfter: '1',
    cache: 'no-store',
    connection: connection ?? 'keep-alive',
    body: {
      type: '/api/problems/unavailable',
      title: 'Service unavailable',
      status: 503,
      detail: 'The service has as many requests as it can work on. Send the request again after the seconds in Retry-After.',
      instance: '/api/v1/items',
      requestId: headers['x-request-id'],
    },
  }); // prettier-ignore

/** Does `work` while two requests wait for a table that another transaction holds. @returns the replies to the two */
const whileTwoWait = (work: () => Promise<void>): Promise<TestResponse[]> =>
  api.database
    .transaction(async (tx) => {
      await tx.query(sql`LOCK TABLE location IN ACCESS EXCLUSIVE MODE`);
      const both = [api.viewer.get('/locations'), api.viewer.get('/locations')];
      await until('both wait for the table', async () => {
        const waiting = await api.database.query(
          sql`SELECT FROM pg_locks WHERE relation = 'location'::regclass AND NOT granted`,
        );
        return waiting.length === 2;
      });
      await work();
      return { both };
    })
    .then(({ both }) => Promise.all(both));

it('refuses requests beyond its limit at once with 503 and Retry-After, health excepted, and serves again afterwards', async () => {
  const replies = await whileTwoWait(async () => {
    expectRefused(await api.viewer.get('/items?limit=1'));
    expectRefused(await api.operator.post('/items', { sku: 'A', name: 'A' }));
    expectRefused(await api.operator.post('/items', { sku: 'A', name: 'A'.repeat(100_000) }), 'close');
    for (const path of ['/health/live', '/health/ready', '/health', '/version'])
      expect((await api.anonymous.get(path)).status).toBe(200);
    expect((await api.anonymous.post('/health', {})).status).toBe(503);
  });
  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  expect((await api.viewer.get('/items')).status).toBe(200);
});

it('serves requests while as many others as its limit send their bodies slowly', async () => {
  const port = Number(new URL(api.url).port);
  const slow = Array.from({ length: 4 }, () => connect(port, '127.0.0.1'));
  const head = `POST /api/v1/items HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.operator.token}\r\nContent-Type: application/json\r\n`;
  for (const [n, socket] of slow.entries()) {
    const body = JSON.stringify({ sku: `SLOW-${n}`, name: 'Slow' });
    socket.write(`${head}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`);
  }
  await until('they are seen', async () => (await openConnections()) >= slow.length);
  expect((await api.viewer.get('/items')).status).toBe(200);
  for (const [n, socket] of slow.entries()) {
    socket.write(JSON.stringify({ sku: `SLOW-${n}`, name: 'Slow' }).slice(5));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 201 /);
    await once(socket.resume(), 'close');
  }
});

const openConnections = (): Promise<number> =>
  new Promise((resolve, reject) =>
    api.app.getHttpServer().getConnections((error: Error | null, count: number) => (error ? reject(error) : resolve(count))),
  ); // prettier-ignore

it('closes connections beyond their limit and accepts new ones when one of the others ends', async () => {
  const small = await startApi(undefined, { maxConnections: 2 });
  const open = async () => {
    const socket = connect(Number(new URL(small.url).port), '127.0.0.1');
    const first = Promise.race([
      once(socket, 'data').then(([data]) => String(data).split('\r\n', 1)[0]),
      once(socket, 'close').then(() => 'closed'),
    ]);
    socket.on('error', () => undefined).write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    return { socket, first: await first };
  };
  try {
    const [one, two, three] = [await open(), await open(), await open()];
    expect([one.first, two.first, three.first]).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'closed']);
    one.socket.destroy();
    let four = await open();
    await until('a new connection is accepted', async () => {
      if (four.first === 'closed') four = await open();
      return four.first === 'HTTP/1.1 200 OK';
    });
    for (const { socket } of [two, four]) socket.destroy();
  } finally {
    await small.close();
  }
});
