import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { PrincipalCache } from '../../src/access/principal-cache.ts';
import type { TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { setClock, createSignedInPerson } from '../../../../test/support/people.ts';
import { startTwoTasks } from './two-tasks.ts';

let api: TestApi;
let other: TestApi;
const start = Date.now();

beforeAll(async () => {
  [api, other] = await startTwoTasks();
});
afterAll(async () => {
  await other.close();
  await api.close();
});
beforeEach(() => setClock(other, start));
afterEach(() => setClock(other));

const elsewhere = (client: Client) => new Client(other.url, client.token);

describe('on another task, within ten seconds,', () => {
  const stopsAfterTenSeconds = async (client: Client, route: string, end: () => Promise<unknown>, status: number) => {
    const there = elsewhere(client);
    for (const one of [client, there]) expect((await one.get(route)).status).toBe(200);
    await end();
    expect((await client.get(route)).status).toBe(status);
    setClock(other, start + 9_999);
    expect((await there.get(route)).status).toBe(200);
    setClock(other, start + 10_000);
    expect((await there.get(route)).status).toBe(status);
  };

  it('a session that was signed out stops', async () => {
    const { client } = await createSignedInPerson(api);
    await stopsAfterTenSeconds(client, '/items', () => client.delete('/sessions/current'), 401);
  });

  it('a person who was removed stops', async () => {
    const { client, id } = await createSignedInPerson(api);
    await stopsAfterTenSeconds(client, '/items', () => api.admin.delete(`/users/${id}`), 401);
  });

  it('an admin who was demoted is one no longer', async () => {
    const { client, id } = await createSignedInPerson(api, 'admin');
    await stopsAfterTenSeconds(client, '/users', () => api.admin.patch(`/users/${id}`, { role: 'viewer' }), 403);
  });

  it('a session whose refresh token was stolen stops', async () => {
    const { client, body } = await createSignedInPerson(api);
    const refresh = (refreshToken: string) => api.anonymous.post('/sessions/refresh', { refreshToken });
    const second = await refresh(body.refreshToken as string);
    await refresh(second.body.refreshToken as string);
    await stopsAfterTenSeconds(client, '/items', () => refresh(body.refreshToken as string), 401);
  });

  it('an API key that was ended stops', async () => {
    const { body } = await api.admin.post('/api-keys', { name: 'Web shop', role: 'viewer' });
    const end = () => api.admin.delete(`/api-keys/${body.id}`);
    await stopsAfterTenSeconds(new Client(api.url, body.key as string), '/items', end, 401);
  });
});

it('sends the database no query about a person whom it has cached', async () => {
  const { body } = await api.admin.post('/api-keys', { name: 'Web shop', role: 'viewer' });
  const { client } = await createSignedInPerson(api);
  const there = [elsewhere(client), new Client(other.url, body.key as string)];
  for (const one of there) expect((await one.get('/stock')).status).toBe(200);
  await api.database.transaction(async (tx) => {
    await tx.query(sql`LOCK TABLE session, user_account, api_key, actor IN ACCESS EXCLUSIVE MODE`);
    for (const one of there) expect((await one.get('/stock')).status).toBe(200);
  });
});

describe('the principals that are known', () => {
  const principal = (name: string) => ({
    caller: { actorId: name, kind: 'user' as const, name, role: 'viewer' as const },
  });

  it('are as many as fit, the newest', () => {
    const cache = new PrincipalCache(3);
    for (const name of ['a', 'b', 'c', 'a', 'd']) cache.put(name, principal(name), 10, cache.generation);
    expect(['a', 'b', 'c', 'd'].map((name) => cache.get(name, 0)?.caller.name)).toEqual(['a', undefined, 'c', 'd']);
  });

  it('are believed until their time, and not at it', () => {
    const cache = new PrincipalCache();
    cache.put('a', principal('a'), 10, cache.generation);
    expect([cache.get('a', 9)?.caller.name, cache.get('a', 10)]).toEqual(['a', undefined]);
  });

  it('are not joined by one who was asked for before they were forgotten', () => {
    const cache = new PrincipalCache();
    const { generation } = cache;
    cache.clear();
    cache.put('a', principal('a'), 10, generation);
    expect(cache.get('a', 0)).toBeUndefined();
  });
});
