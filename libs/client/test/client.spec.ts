import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { Between, type Fate, refuse } from '../../../test/support/between.ts';
import { createStockroomClient, type FeedEvent } from '../src/index.ts';
import { NOT_REPEATABLE } from '../src/retry.ts';

let api: TestApi;
let item: string;
beforeAll(async () => {
  api = await startApi();
  item = (await api.operator.post('/items', { sku: 'MUG', name: 'Mug' })).body.id as string;
});
afterAll(() => api.close());

let between: Between;
const clientOf = async (fates: Fate[], options: object = {}) => {
  between = await new Between(api.url).start();
  between.fates = fates;
  return createStockroomClient({ url: between.url, token: api.operator.token!, ...options });
};
afterEach(() => between?.stop());

const receipt = (quantity = 1) => ({
  body: { type: 'receipt' as const, lines: [{ item, location: { code: 'MAIN' }, quantity }] },
});
const onHand = async () => (await api.viewer.get(`/items/${item}`)).body.onHand as number;

describe('a write', () => {
  it('is booked once under one key, whatever is refused for a while or lost on the way', async () => {
    const before = await onHand();
    const client = await clientOf([refuse(503, { 'retry-after': '0' }), 'swallow', refuse(429), refuse(504)]);
    const { data } = await client.POST('/api/v1/movements', receipt());
    expect(data.lines[0]!.onHandAfter).toBe(before + 1);
    expect(await onHand()).toBe(before + 1);
    expect(between.keys).toEqual(Array(5).fill(expect.stringMatching(/^[\da-f-]{36}$/)));
    expect(new Set(between.keys).size).toBe(1);
    await client.POST('/api/v1/movements', receipt());
    expect(new Set(between.keys).size).toBe(2);
  });

  it('keeps the key that it was given', async () => {
    const client = await clientOf(['swallow']);
    const header = { 'Idempotency-Key': 'po-118' };
    const { response } = await client.POST('/api/v1/movements', { ...receipt(), params: { header } });
    expect({ keys: between.keys, status: response.status }).toEqual({ keys: ['po-118', 'po-118'], status: 201 });
  });

  it('without a key is not sent again where it may have taken effect', async () => {
    const client = await clientOf(['swallow', refuse(503, { 'retry-after': '0' }), refuse(504)]);
    const change = { params: { path: { id: item } }, body: { name: 'Cup' } };
    await expect(client.PATCH('/api/v1/items/{id}', change)).rejects.toThrow('fetch failed');
    const refused = await client.PATCH('/api/v1/items/{id}', change).catch((error: unknown) => error);
    expect(refused).toEqual(expect.objectContaining({ status: 504 }));
    expect(between.requests).toHaveLength(3);
  });
});

describe('a refusal', () => {
  it('is thrown as the API’s problem, and sent once', async () => {
    const client = await clientOf([]);
    const body = { type: 'issue' as const, lines: [{ item, location: { code: 'MAIN' }, quantity: 1_000 }] };
    const refused = await client.POST('/api/v1/movements', { body }).catch((error: unknown) => error);
    expect(refused).toEqual(expect.objectContaining({ kind: 'insufficient-stock', status: 409 }));
    expect(between.requests).toHaveLength(1);
  });

  it('is final after the last attempt, and where it asks to wait for too long', async () => {
    const client = await clientOf([...Array(2).fill(refuse(503, { 'retry-after': '0' })), refuse(429, { 'retry-after': '61' })], { maxAttempts: 2 }); // prettier-ignore
    const failure = () => client.GET('/api/v1/locations').catch((error: unknown) => error);
    expect(await failure()).toEqual(expect.objectContaining({ status: 503 }));
    expect(await failure()).toEqual(expect.objectContaining({ status: 429, retryAfter: 61 }));
    expect(between.requests).toHaveLength(3);
  });

  it('of an access token is answered with a new one, once', async () => {
    const tokens = ['ended', api.operator.token!, 'never'];
    const client = await clientOf([], { token: () => Promise.resolve(tokens.shift()!) });
    const both = await Promise.all([client.GET('/api/v1/locations'), client.GET('/api/v1/items')]);
    expect(both.map(({ response }) => response.status)).toEqual([200, 200]);
    expect(tokens).toEqual(['never']);
  });
});

it('only writes that are not the same twice lack a key among the POSTs of the document', async () => {
  const { paths } = (await api.anonymous.get('/api/openapi.json')).body;
  const withoutKey = Object.entries<any>(paths).flatMap(([path, { post }]) =>
    post && !post.parameters?.some(({ name }: any) => name === 'Idempotency-Key') ? [path] : [],
  );
  // A read; a request that is kept once however often it is made; two sessions.
  const same = ['/api/v1/availability', '/api/v1/password-resets', '/api/v1/sessions'];
  expect(withoutKey.sort()).toEqual([...NOT_REPEATABLE, ...same].sort());
});

it('lists every row, page by page', async () => {
  const client = await clientOf([]);
  await Promise.all(
    Array.from({ length: 5 }, (_, n) => api.operator.post('/items', { sku: `L-${n}`, name: `L ${n}` })),
  );
  const skus = [];
  const query = { sort: 'sku' as const, limit: 2 };
  for await (const { sku } of client.list('/api/v1/items', { params: { query } })) skus.push(sku);
  expect(skus).toEqual(['L-0', 'L-1', 'L-2', 'L-3', 'L-4', 'MUG']);
  expect(between.requests).toHaveLength(3);
});

describe('events', () => {
  const post = async () => (await api.operator.post('/movements', receipt().body)).body.id as string;

  it('are those that are there, behind the cursor that was kept', async () => {
    const client = await clientOf([]);
    let after = 'latest';
    const onCursor = (cursor: string) => (after = cursor);
    const read = async () => {
      const ids = [];
      for await (const { resourceId } of client.events({ after, types: ['movement'], onCursor })) ids.push(resourceId);
      return ids;
    };
    expect(await read()).toEqual([]);
    const [first, second] = [await post(), await post()];
    expect(await read()).toEqual([first, second]);
    expect(await read()).toEqual([]);
  });

  it('come once each and in order over a stream that is cut and refused, until it is ended', async () => {
    const client = await clientOf([]);
    const { nextCursor: after } = (await api.operator.get('/events?after=latest')).body;
    const ending = new AbortController();
    let cursor = '';
    const events = client.events({ after, types: ['movement'], follow: true, signal: ending.signal, onCursor: (now) => (cursor = now) }); // prettier-ignore
    const next = async () => (await events.next()).value as FeedEvent;
    const first = await post();
    const one = await next();
    between.fates = [refuse(503, { 'retry-after': '0' })];
    between.cutAll();
    const second = await post();
    const two = await next();
    const third = await post();
    const three = await next();
    expect([one, two, three].map(({ resourceId }) => resourceId)).toEqual([first, second, third]);
    expect(cursor).toBe(two.id);
    expect(between.requests.map(({ headers }) => headers['last-event-id'])).toEqual([after, one.id, one.id]);
    const last = events.next();
    ending.abort(new Error('enough'));
    await expect(last).rejects.toThrow('enough');
  });
});
