import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { Drain } from '#service';
import { clientOf, startApi, type TestApi } from '../../../../test/support/api.ts';
import type { Client } from '../../../../test/support/client.ts';
import { until } from '../../../../test/support/until.ts';
import { Clock } from '../../src/access/clock.ts';
import type { ProblemBody } from '#contracts';
import { pick } from '../../../../test/support/pick.ts';
import { HEARTBEAT_MS } from '../../src/events/stream/event-stream.ts';
import { EventStreams } from '../../src/events/stream/event-streams.ts';

let api: TestApi;
let item: string;
beforeAll(async () => {
  api = await startApi();
  item = (await api.operator.post('/items', { sku: 'STREAM', name: 'Stream' })).body.id as string;
});
afterAll(() => api.close());

/** An open stream, and what has come of it. */
async function open(client: Client, query = 'after=latest', headers: Record<string, string> = {}) {
  const ending = new AbortController();
  const response = await fetch(`${client.url}/api/v1/events?${query}`, {
    headers: { authorization: `Bearer ${client.token}`, accept: 'text/event-stream', ...headers },
    signal: ending.signal,
  });
  const stream = { response, text: '', ended: false, close: () => ending.abort() };
  void (async () => {
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) stream.text += text;
  })()
    .catch(() => undefined)
    .finally(() => (stream.ended = true));
  await until('the stream has begun', () => stream.text.startsWith('retry: ') || stream.ended);
  return stream;
}

const events = ({ text }: { text: string }) =>
  [...text.matchAll(/^id: (.*)\ndata: (.*)$/gm)].map(([, id, data]) => ({ id: id!, ...(JSON.parse(data!) as { type: string; resourceId: string }) })); // prettier-ignore
const rename = (name: string) => api.operator.patch(`/items/${item}`, { name });

describe('the change feed as server-sent events', () => {
  it('sends a change as it happens, as the same JSON as a page, with its id', async () => {
    const stream = await open(api.viewer);
    await rename('One');
    await until('it came', () => events(stream).length > 0);
    expect(
      pick(Object.fromEntries(stream.response.headers), 'content-type', 'cache-control', 'x-accel-buffering'),
    ).toEqual({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const page = (await api.viewer.get('/events?limit=200')).body.items as object[];
    expect(events(stream)).toEqual([page.at(-1)]);
    stream.close();
  });

  it('goes on after Last-Event-ID, which takes precedence over after', async () => {
    const before = (await api.viewer.get('/events?after=latest')).body.nextCursor as string;
    await rename('Two');
    await rename('Three');
    const first = await open(api.viewer, 'after=latest', { 'last-event-id': before });
    await until('both came', () => events(first).length === 2);
    first.close();
    const second = await open(api.viewer, 'after=latest', { 'last-event-id': events(first)[0]!.id });
    await until('the second came', () => events(second).length > 0);
    expect(events(second)).toEqual([events(first)[1]]);
    second.close();
  });

  it('sends only the types that are asked for', async () => {
    const stream = await open(api.viewer, 'after=latest&types=location');
    await rename('Four');
    const location = (await api.operator.post('/locations', { code: 'STREAM', name: 'Stream' })).body.id as string;
    await until('the location came', () => events(stream).length > 0);
    expect(events(stream).map(({ type, resourceId }) => [type, resourceId])).toEqual([['location.created', location]]);
    stream.close();
  });

  it('ends with its client, before the next bytes would show that it is gone', async () => {
    const count = () => api.app.get(EventStreams).count;
    await until('no other is open', () => count() === 0);
    const { hostname, port } = new URL(api.viewer.url);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /api/v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${api.viewer.token}\r\naccept: text/event-stream\r\n\r\n`); // prettier-ignore
    let text = '';
    socket.on('data', (data) => (text += String(data)));
    await until('it has begun', () => text.includes('retry: '));
    expect(count()).toBe(1);
    socket.end();
    await until('it has ended', () => count() === 0, HEARTBEAT_MS - 3_000);
    socket.destroy();
  });

  it.each([
    ['text/event-stream;q=0', 'application/json; charset=utf-8'],
    ['application/json, text/event-stream; q=0.0', 'application/json; charset=utf-8'],
    ['text/event-stream;q=0.5', 'text/event-stream; charset=utf-8'],
    ['application/json;q=0.1, TEXT/EVENT-STREAM', 'text/event-stream; charset=utf-8'],
  ])('is sent to a client that accepts it: %s', async (accept, type) => {
    const response = await fetch(`${api.viewer.url}/api/v1/events?after=latest`, {
      headers: { authorization: `Bearer ${api.viewer.token}`, accept },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    await response.body?.cancel();
  });

  it.each([
    ['Last-Event-ID: x', { 'last-event-id': 'x' }, '', 400, '/Last-Event-ID'],
    ['types=x', {}, 'types=x', 400, '/types'],
    ['after=x', {}, 'after=x', 400, '/after'],
    ['unknown=1', {}, 'unknown=1', 400, '/unknown'],
  ])('refuses what it does not understand, as a problem: %s', async (_, headers, query, status, pointer) => {
    const response = await fetch(`${api.url}/api/v1/events?${query}`, {
      headers: { authorization: `Bearer ${api.viewer.token}`, accept: 'text/event-stream', ...headers },
    });
    expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
      status,
      type: 'application/problem+json; charset=utf-8',
    });
    const { errors } = (await response.json()) as ProblemBody;
    expect(errors).toEqual([{ pointer, detail: expect.any(String) }]);
  });

  it('is open 20 times at once for one caller, and has room again when one is closed', async () => {
    const client = await clientOf(api.app, api.url, 'viewer');
    const streams = await Promise.all(Array.from({ length: 20 }, () => open(client)));
    const refused = await open(client);
    expect(refused.response.status).toBe(503);
    expect(refused.response.headers.get('retry-after')).toBe('15');
    expect((await open(api.viewer)).response.status).toBe(200);
    streams[0]!.close();
    const next = await until('there is room', async () => {
      const stream = await open(client);
      return stream.response.status === 200 && stream;
    });
    for (const stream of [...streams, next]) stream.close();
  });

  it('ends when the session ends or the role changes', async () => {
    const ended = await clientOf(api.app, api.url, 'operator');
    const demoted = await clientOf(api.app, api.url, 'operator');
    const streams = [await open(ended), await open(demoted)];
    await ended.delete('/sessions/current');
    const { sub } = JSON.parse(Buffer.from(demoted.token!.split('.')[1]!, 'base64url').toString()) as { sub: string };
    await api.admin.patch(`/users/${sub}`, { role: 'viewer' });
    await until('both have ended', () => streams.every((stream) => stream.ended));
    const told = streams.flatMap((stream) => events(stream).map(({ type }) => type));
    expect(told.filter((type) => type.startsWith('user.'))).toEqual([]);
  });

  it('ends when its access token expires', async () => {
    const client = await clientOf(api.app, api.url, 'viewer');
    const stream = await open(client);
    const clock = api.app.get(Clock, { strict: false });
    clock.now = () => Date.now() + 16 * 60_000;
    await until('it has ended', () => stream.ended);
    // The class has the real one.
    delete (clock as Partial<Clock>).now;
    expect(stream.response.status).toBe(200);
  });

  it('does not hold a place among the concurrent requests', async () => {
    const small = await startApi(undefined, { maxConcurrentRequests: 2 });
    const streams = [await open(small.viewer), await open(small.viewer), await open(small.viewer)];
    expect((await small.viewer.get('/items')).status).toBe(200);
    streams.forEach((stream) => stream.close());
    await small.close();
  });

  it('goes on after the connections to the database were ended', async () => {
    const stream = await open(api.viewer);
    await rename('Five');
    await until('the first came', () => events(stream).length === 1);
    await api.database
      .query(sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`); // prettier-ignore
    await until('a change succeeds again', async () => (await rename('Six')).status === 200);
    await until('the change came', () => events(stream).length >= 2);
    stream.close();
  });

  it('ends when the task is about to end, and refuses new streams', async () => {
    const stream = await open(api.viewer);
    api.app.get(Drain).draining = true;
    await until('it has ended', () => stream.ended);
    expect((await open(api.viewer)).response.status).toBe(503);
    api.app.get(Drain).draining = false;
  });
});
