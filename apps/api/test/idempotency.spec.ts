import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { problem, response } from '../../../test/support/responses.ts';

let api: TestApi;
let itemId: string;

beforeAll(async () => {
  api = await startApi();
  itemId = (await api.operator.post('/items', { sku: 'ONCE', name: 'Once' })).body.id;
});
afterAll(() => api.close());

const line = (quantity: number) => ({ item: itemId, location: { code: 'MAIN' }, quantity });
const onHand = async () => (await api.viewer.get(`/items/${itemId}`)).body.onHand as number;

/** Every route that changes something by POST, with a body that it takes. */
const writes: [string, (unique: string) => [string, object]][] = [
  ['items', (unique) => ['/items', { sku: `I-${unique}`, name: 'Item' }]],
  ['locations', (unique) => ['/locations', { code: `L-${unique.slice(0, 8)}`, name: 'Location' }]],
  ['movements', () => ['/movements', { type: 'receipt', lines: [line(2)] }]],
  ['reservations', () => ['/reservations', { lines: [line(1)] }]],
];

describe.each(writes)('an idempotency key on /%s', (_, request) => {
  beforeAll(() => api.operator.post('/movements', { type: 'receipt', lines: [line(100)] }));

  it('gets the first answer again, and does nothing again', async () => {
    const key = randomUUID();
    const [path, body] = request(key);
    const first = await api.operator.post(path, body, { 'idempotency-key': key });
    expect(first.status).toBe(201);
    const after = await onHand();
    const second = await api.operator.post(path, body, { 'idempotency-key': key });
    expect(second).toEqual(
      response(201, first.body, {
        'idempotency-replayed': 'true',
        etag: first.headers.etag,
        location: first.headers.location,
      }),
    );
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(await onHand()).toBe(after);
  });

  it('is refused for another body', async () => {
    const key = randomUUID();
    const [path, body] = request(key);
    await api.operator.post(path, body, { 'idempotency-key': key });
    expect(
      (
        await api.operator.post(
          path,
          { ...request(randomUUID())[1], name: 'Other', reference: 'other' },
          { 'idempotency-key': key },
        )
      ).status,
    ).toBe(422);
  });

  it('has one effect and one answer, sent 50 times at once', async () => {
    const key = randomUUID();
    const [path, body] = request(key);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => api.operator.post(path, body, { 'idempotency-key': key })),
    );
    const done = answers.filter(({ status }) => status === 201);
    const waiting = answers.filter(({ status }) => status === 409);
    expect(done.length + waiting.length).toBe(50);
    expect(new Set(done.map(({ body: { id } }) => id as string)).size).toBe(1);
    expect(
      waiting.every(
        ({ body: { type }, headers }) => type === '/api/problems/key-in-use' && headers['retry-after'] === '1',
      ),
    ).toBe(true);
    expect(done.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
  });
});

describe('an idempotency key', () => {
  it('keeps a refusal as well: a late copy does not succeed behind its sender’s back', async () => {
    const { id } = (await api.operator.post('/items', { sku: 'LATE', name: 'Late' })).body;
    const issue = { type: 'issue', lines: [{ item: id, location: { code: 'MAIN' }, quantity: 1 }] };
    const first = await api.operator.post('/movements', issue, { 'idempotency-key': 'late' });
    const level = { item: { id, sku: expect.any(String) }, location: { id: expect.any(String), code: 'MAIN' } };
    expect(first).toEqual(
      problem('insufficient-stock', {
        detail: 'A line asks for more than is available; nothing was applied.',
        lines: [{ line: 0, ...level, requested: 1, available: 0 }],
      }),
    );
    await api.operator.post('/movements', {
      type: 'receipt',
      lines: [{ item: id, location: { code: 'MAIN' }, quantity: 1 }],
    });
    expect(await api.operator.post('/movements', issue, { 'idempotency-key': 'late' })).toEqual(
      response(409, first.body, { 'idempotency-replayed': 'true' }),
    );
  });

  it('is its caller’s own', async () => {
    const body = { type: 'receipt', lines: [line(1)] };
    const mine = await api.operator.post('/movements', body, { 'idempotency-key': 'shared' });
    const theirs = await api.admin.post('/movements', body, { 'idempotency-key': 'shared' });
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('stands for one route only', async () => {
    await api.operator.post('/movements', { type: 'receipt', lines: [line(1)] }, { 'idempotency-key': 'route' });
    expect(await api.operator.post('/items', { sku: 'ROUTE', name: 'Route' }, { 'idempotency-key': 'route' })).toEqual(
      problem('key-reused', {
        detail: 'This Idempotency-Key was used for another request within the last 24 hours. Use a new key.',
      }),
    );
  });

  it('is forgotten after 24 hours', async () => {
    const body = { type: 'receipt', lines: [line(1)] };
    const first = await api.operator.post('/movements', body, { 'idempotency-key': 'old' });
    await api.database.query(
      sql`UPDATE idempotency_key SET created_at = now() - interval '25 hours' WHERE key = 'old'`,
    );
    const second = await api.operator.post('/movements', body, { 'idempotency-key': 'old' });
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('must be 1 to 255 visible characters', async () => {
    for (const key of ['', 'a b', 'x'.repeat(256)]) {
      expect(await api.operator.post('/items', { sku: 'KEY', name: 'Key' }, { 'idempotency-key': key })).toEqual(
        problem('invalid-parameters', {
          detail: 'Idempotency-Key must be 1 to 255 visible ASCII characters.',
          errors: [{ pointer: '/Idempotency-Key', detail: 'must be 1 to 255 visible ASCII characters' }],
        }),
      );
    }
  });
});
