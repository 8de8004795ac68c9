import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { until } from '../../../../test/support/until.ts';
import { Client } from '../../../../test/support/client.ts';
import { setClock } from '../../../../test/support/people.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
afterEach(() => setClock(api));

const TIME = expect.stringMatching(/\+00:00$/) as unknown;
const TIME_RULE =
  'must be an RFC 3339 time in the years 0001 to 9999 with an offset of at most 15:59, such as 2026-11-23T09:30:00Z';
const NONE = '01890000-0000-7000-8000-000000000000';

async function keyOf(fields: object = {}) {
  const { body } = await api.admin.post('/api-keys', { name: 'Web shop', role: 'viewer', ...fields });
  return { id: body.id as string, key: body.key as string, client: new Client(api.url, body.key as string) };
}

const listed = async (id: string) =>
  (await api.admin.get('/api-keys?limit=200')).body.items.find((one: { id: string }) => one.id === id);

describe('an API key', () => {
  it('is shown once, and kept as a hash', async () => {
    const { status, headers, body } = await api.admin.post('/api-keys', { name: 'Web shop', role: 'operator' });
    const { key, ...rest } = body;
    expect(status).toBe(201);
    expect(pick(headers, 'etag', 'location')).toEqual({ etag: '"1"', location: `/api/v1/api-keys/${body.id}` });
    expect(key).toMatch(/^sk_[\w-]{43}$/);
    expect(rest).toEqual({
      id: expect.any(String), name: 'Web shop', role: 'operator', prefix: key.slice(0, 9), createdAt: TIME, expiresAt: null,
      lastUsedAt: null,
    }); // prettier-ignore
    expect(await listed(body.id)).toEqual(rest);
    const row = await api.database.first(sql`SELECT hash, api_key::text AS stored FROM api_key WHERE id = ${body.id}`);
    expect(row).toEqual({ hash: createHash('sha256').update(key).digest(), stored: expect.not.stringContaining(key) });
  });

  it('lets a program do what its role may, under its own name', async () => {
    const { client, id } = await keyOf({ name: 'Nightly import', role: 'operator' });
    expect((await client.post('/items', { sku: 'KEY-1', name: 'Mug' })).status).toBe(201);
    expect((await client.get('/users')).status).toBe(403);
    expect(await api.database.first(sql`SELECT kind, name FROM actor WHERE id = ${id}`)).toEqual({
      kind: 'api-key',
      name: 'Nightly import',
    });
  });

  it('has no session', async () => {
    const { client } = await keyOf();
    const none = problem('not-found', { detail: 'An API key has no session.' });
    expect(await client.get('/sessions/current')).toEqual(none);
    expect(await client.delete('/sessions/current')).toEqual(none);
  });

  it('tells the program its role', async () => {
    const { client, id } = await keyOf();
    const { status, body } = await client.get('/caller');
    expect({ status, body }).toEqual({ status: 200, body: { id, kind: 'api-key', name: 'Web shop', role: 'viewer' } });
    expect((await api.operator.get('/caller')).body).toEqual({
      id: expect.any(String),
      kind: 'user',
      name: 'Test operator',
      role: 'operator',
    });
  });

  it('ends at once where it is deleted', async () => {
    const { client, id } = await keyOf();
    expect((await client.get('/items')).status).toBe(200);
    expect((await api.admin.delete(`/api-keys/${id}`, { 'if-match': '"2"' })).status).toBe(412);
    expect(await api.admin.delete(`/api-keys/${id}`, { 'if-match': '"1"' })).toEqual(response(204, ''));
    expect((await client.get('/items')).status).toBe(401);
    expect(await api.admin.delete(`/api-keys/${id}`)).toEqual(
      problem('not-found', { detail: `There is no API key ${id}.` }),
    );
    expect((await api.admin.delete(`/api-keys/${NONE}`)).status).toBe(404);
  });

  it('ends by itself to the millisecond, although it was believed a moment ago', async () => {
    const end = Date.now() + 3600_000;
    const { client } = await keyOf({ expiresAt: new Date(end).toISOString() });
    setClock(api, end - 1);
    expect((await client.get('/items')).status).toBe(200);
    setClock(api, end);
    expect((await client.get('/items')).status).toBe(401);
  });

  it.each([
    ['that has passed', '2020-01-01T00:00:00Z', 'must be in the future'],
    ['that is no time', 'tomorrow', TIME_RULE],
    ['that is a week', '2099-W01', TIME_RULE],
    ['that is no day', '2099-02-30T00:00:00Z', TIME_RULE],
    ['that is a number', 4070908800000, TIME_RULE],
  ])('is not made with an end %s', async (_, expiresAt, detail) => {
    expect(await api.admin.post('/api-keys', { name: 'Web shop', role: 'viewer', expiresAt })).toEqual(
      problem('invalid-fields', { errors: [{ pointer: '/expiresAt', detail }] }),
    );
  });

  it('shows when it was last used, noted once a minute', async () => {
    const start = Date.now();
    setClock(api, start);
    const { client, id } = await keyOf();
    const usedAt = async () => Date.parse((await listed(id)).lastUsedAt);
    const usesAndNotes = async (at: number, noted: number) => {
      setClock(api, start + at);
      await client.get('/items');
      await until(`it was used at ${noted}`, async () => (await usedAt()) === start + noted);
    };
    await usesAndNotes(0, 0);
    await usesAndNotes(59_000, 0);
    await usesAndNotes(70_000, 70_000);
  });

  it('comes again for the same idempotency key, but lies nowhere in the clear', async () => {
    const headers = { 'idempotency-key': 'make-key-1' };
    const wanted = { name: 'Web shop', role: 'viewer' };
    const first = await api.admin.post('/api-keys', wanted, headers);
    const again = await api.admin.post('/api-keys', wanted, headers);
    expect(again).toEqual(response(201, first.body, { 'idempotency-replayed': 'true' }));
    expect((await api.admin.post('/api-keys', { ...wanted, role: 'admin' }, headers)).status).toBe(422);
    const row = await api.database.one<{ stored: string }>(
      sql`SELECT idempotency_key::text AS stored FROM idempotency_key WHERE key = 'make-key-1'`,
    );
    expect(row.stored).not.toContain(first.body.key);
    expect(row.stored).not.toContain('Web shop');
    expect(row.stored).not.toContain(
      Buffer.from(first.body.key as string)
        .toString('base64url')
        .slice(4, -4),
    );
  });
});

it('lists API keys page by page, in either order', async () => {
  const made = [await keyOf(), await keyOf(), await keyOf()].map(({ id }) => id);
  const ids = async (sort: string) => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await api.admin.get(`/api-keys?limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    return seen;
  };
  const all = await ids('createdAt');
  expect(all.slice(-3)).toEqual(made);
  expect(await ids('-createdAt')).toEqual(all.toReversed());
});
