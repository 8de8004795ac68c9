import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { PASSWORD, createPerson, createSignedInPerson, signIn } from '../../../../test/support/people.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/) as unknown;
const UNKNOWN_ID = '01890000-0000-7000-8000-000000000000';
const shown = (email: string) => ({ email, name: 'Sam Carter', role: 'operator' });
const sam = (email: string) => ({ ...shown(email), password: PASSWORD });
/** The same person as the API shows them. */
const added = (email: string) => ({
  ...shown(email),
  id: expect.any(String),
  twoFactor: false,
  version: 1,
  createdAt: TIME,
  updatedAt: TIME,
});

describe('people', () => {
  it('are added, with a password that they can sign in with', async () => {
    const { status, headers, body } = await api.admin.post('/users', sam('Sam@Example.com'));
    expect({ status, body }).toEqual({
      status: 201,
      body: added('Sam@Example.com'),
    });
    expect(pick(headers, 'etag', 'location')).toEqual({ etag: '"1"', location: `/api/v1/users/${body.id}` });
    expect(await api.admin.get(`/users/${body.id}`)).toEqual(response(200, body, { etag: '"1"' }));
    expect((await api.admin.get(`/users/${body.id}`, { 'if-none-match': '"1"' })).status).toBe(304);
    const session = await signIn(api, 'sam@example.com');
    expect({ status: session.status, user: session.body.user }).toEqual({ status: 201, user: body });
  });

  it('have addresses that differ in more than case', async () => {
    await api.admin.post('/users', sam('alex@example.com'));
    const taken = problem('conflict', {
      detail: 'Another person has this e-mail address; case makes no difference.',
      errors: [{ pointer: '/email', detail: 'is taken' }],
    });
    expect(await api.admin.post('/users', sam('ALEX@example.com'))).toEqual(taken);
    const { id } = await createPerson(api);
    expect(await api.admin.patch(`/users/${id}`, { email: 'Alex@Example.com' })).toEqual(taken);
  });

  it.each([
    ['a password of 11 characters', { password: 'x'.repeat(11) }, '/password'],
    ['a password of 201 characters', { password: 'x'.repeat(201) }, '/password'],
    ['no password', { password: null }, '/password'],
    ['a role that there is not', { role: 'owner' }, '/role'],
    ['an address that is none', { email: 'sam@' }, '/email'],
    ['an empty name', { name: '' }, '/name'],
    ['a name that cannot be seen', { name: '\u200d\u2060\u3164' }, '/name'],
    ['a field that there is not', { isAdmin: true }, '/isAdmin'],
  ])('are not added or changed with %s', async (_, wrong, pointer) => {
    const { id } = await createPerson(api);
    const refused = problem('invalid-fields', {
      errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
    });
    expect(await api.admin.post('/users', { ...sam('wrong@example.com'), ...wrong })).toEqual(refused);
    expect(await api.admin.patch(`/users/${id}`, wrong)).toEqual(refused);
  });

  it('are changed field by field, the version counting', async () => {
    const { id, email } = await createPerson(api, 'viewer');
    const { status, headers, body } = await api.admin.patch(`/users/${id}`, { name: 'Kim' }, { 'if-match': '"1"' });
    expect({ status, etag: headers.etag }).toEqual({ status: 200, etag: '"2"' });
    expect(body).toEqual({
      id,
      email,
      name: 'Kim',
      role: 'viewer',
      twoFactor: false,
      version: 2,
      createdAt: TIME,
      updatedAt: TIME,
    });
    expect((await api.admin.patch(`/users/${id}`, { role: 'operator', email: 'kim@example.com' })).body).toEqual({
      ...body,
      email: 'kim@example.com',
      role: 'operator',
      version: 3,
      updatedAt: TIME,
    });
  });

  it('are not changed or removed by a request that saw an older version', async () => {
    const { id } = await createPerson(api);
    await api.admin.patch(`/users/${id}`, { name: 'Kim' });
    const stale = problem('precondition-failed', {
      detail: 'It is at version 2 now. Read it again, then decide.',
      headers: { etag: '"2"' },
    });
    expect(await api.admin.patch(`/users/${id}`, { name: 'Lou' }, { 'if-match': '"1"' })).toEqual(stale);
    expect(await api.admin.delete(`/users/${id}`, { 'if-match': '"1"' })).toEqual(stale);
    expect((await api.admin.delete(`/users/${id}`, { 'if-match': '"2"' })).status).toBe(204);
  });

  it('that are not there are not found', async () => {
    const none = problem('not-found', { detail: `There is no user ${UNKNOWN_ID}.` });
    expect(await api.admin.get(`/users/${UNKNOWN_ID}`)).toEqual(none);
    expect(await api.admin.patch(`/users/${UNKNOWN_ID}`, {})).toEqual(none);
    expect(await api.admin.delete(`/users/${UNKNOWN_ID}`)).toEqual(none);
    expect((await api.admin.delete('/users/17')).status).toBe(400);
  });

  it('are listed page by page, in either order, by role and by address', async () => {
    for (const name of ['d', 'B', 'a', 'C']) await api.admin.post('/users', sam(`list-${name}@example.org`));
    const listed = async (sort: string) => {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await api.admin.get(`/users?limit=3&sort=${sort}${cursor && `&cursor=${cursor}`}`);
        seen.push(...body.items.map(({ email }: { email: string }) => email));
        cursor = body.nextCursor;
      }
      return seen.filter((email) => email.startsWith('list-')).map((email) => email[5]);
    };
    expect(await listed('email')).toEqual(['a', 'B', 'C', 'd']);
    expect(await listed('-email')).toEqual(['d', 'C', 'B', 'a']);
    expect(await listed('createdAt')).toEqual(['d', 'B', 'a', 'C']);
    expect(await listed('-createdAt')).toEqual(['C', 'a', 'B', 'd']);
    const one = await api.admin.get('/users?email=LIST-b@example.org&count=true');
    expect(one.body).toEqual({
      items: [added('list-B@example.org')],
      nextCursor: null,
      count: 1,
      countIsCapped: false,
    });
    const admins = await api.admin.get('/users?role=admin');
    expect(admins.body.items.every(({ role }: { role: string }) => role === 'admin')).toBe(true);
    expect((await api.admin.get('/users?sort=name')).status).toBe(400);
  });

  it('are added once for an idempotency key, and nothing of the password is kept with it', async () => {
    const key = { 'idempotency-key': 'add-robin' };
    const first = await api.admin.post('/users', sam('robin@example.com'), key);
    const again = await api.admin.post('/users', sam('robin@example.com'), key);
    expect(again).toEqual(response(201, first.body, { 'idempotency-replayed': 'true' }));
    const other = { ...sam('robin@example.com'), password: 'another password' };
    expect((await api.admin.post('/users', other, key)).status).toBe(422);
    const row = await api.database.first<{ guess: boolean }>(sql`
      SELECT request_hash = ${plainFingerprint(sam('robin@example.com'))} AS guess
      FROM idempotency_key WHERE key = 'add-robin'`);
    expect(row).toEqual({ guess: false });
  });
});

/** What a reader of the database could try passwords with. */
const plainFingerprint = (body: object): Buffer =>
  createHash('sha256')
    .update(`POST /api/v1/users\n${JSON.stringify(body)}`)
    .digest();

describe('a person who is removed', () => {
  it('is signed out, and keeps their name in what they did', async () => {
    const { client, id, email } = await createSignedInPerson(api);
    const { body: item } = await client.post('/items', { sku: 'KEPT-1', name: 'Mug' });
    const lines = [{ item: { id: item.id }, location: { code: 'MAIN' }, quantity: 3 }];
    await client.post('/movements', { type: 'receipt', lines });
    expect(await api.admin.delete(`/users/${id}`)).toEqual(response(204, ''));
    expect((await client.get('/items')).status).toBe(401);
    expect((await signIn(api, email)).status).toBe(401);
    const actor = await api.database.first(sql`SELECT kind, name FROM actor WHERE id = ${id}`);
    expect(actor).toEqual({ kind: 'user', name: expect.stringMatching(/^Person \d+$/) });
  });
});

describe('a different shelf', () => {
  it('that an admin sets ends all sessions of the person', async () => {
    const { client, id, email, body } = await createSignedInPerson(api);
    await api.admin.patch(`/users/${id}`, { password: 'a different shelf' });
    expect((await client.get('/items')).status).toBe(401);
    const refreshed = await api.anonymous.post('/sessions/refresh', { refreshToken: body.refreshToken });
    expect(refreshed.status).toBe(401);
    expect((await signIn(api, email)).status).toBe(401);
    expect((await signIn(api, email, 'a different shelf')).status).toBe(201);
  });

  it('that one sets oneself leaves this session and ends the others', async () => {
    const { client, id, email } = await createSignedInPerson(api, 'admin');
    const other = new Client(api.url, (await signIn(api, email)).body.accessToken as string);
    expect((await client.patch(`/users/${id}`, { password: 'a different shelf' })).status).toBe(200);
    expect((await client.get('/users')).status).toBe(200);
    expect((await other.get('/users')).status).toBe(401);
  });

  it('is not needed for another change to keep people signed in', async () => {
    const { client, id } = await createSignedInPerson(api);
    await api.admin.patch(`/users/${id}`, { name: 'Kim', role: 'viewer' });
    const { user } = (await client.get('/sessions/current')).body;
    expect({ name: user.name, role: user.role }).toEqual({ name: 'Kim', role: 'viewer' });
  });
});

describe('a password', () => {
  const GUESSABLE = 'is too easy to guess; use several words that do not belong together';
  const OWN_NAME =
    'must not contain the e-mail address or the name that it is for; use several words that do not belong together';
  const owner = { email: 'Dana.Whitfield+shop@harbour.example', name: 'Dana Whitfield-Zoë', role: 'viewer' };
  const refusal = (detail: string) => problem('invalid-fields', { errors: [{ pointer: '/password', detail }] });

  it.each([
    '            ',
    '\u2003\u2003\u2003\u2003\u2003\u2003\u2003\u2003\u2003\u2003\u2003\u2003',
    'aaaaaaaaaaaaaaaa',
    '🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂',
    'abababababab',
    'mugshelfmugshelf'.slice(0, 7).repeat(3),
    'a b c d e f a b c d e f a b c d e f',
    'abcdefghijklm',
    '1234567890123',
    '987654321098',
    'Password-1234',
    'PASSWORD PASSWORD',
    'P@ssw0rd2026!',
    'pássword-2026',
    'admin@stockroom',
    'stockroom123',
    'Stockroom2026!',
    '$t0ckr00m-2026',
    'my-stockroom-1',
    'stockroom-stockroom',
    'inventory-admin-1',
    'qwertyuiop[]12',
    'welcome-to-it',
    'danawhitfield1',
    'zoe-harbour-99',
  ])('is refused as too easy to guess: %s', async (password) => {
    expect(await api.admin.post('/users', { ...owner, password })).toEqual(refusal(GUESSABLE));
    const { id } = await createPerson(api);
    expect(await api.admin.patch(`/users/${id}`, { ...owner, password })).toEqual(refusal(GUESSABLE));
  });

  const OWN = [
    'Dana.Whitfield+shop@harbour.example',
    'my dana.whitfield+shop@harbour.example login',
    'the kettle of dana.whitfield',
    'DANA WHITFIELD ZOE likes kettles',
    'd4n4wh1tf13ld of the kettles',
    'Ｄａｎａ Ｗｈｉｔｆｉｅｌｄ and kettles',
  ];

  it.each(OWN)('is refused as holding the own address or name: %s', async (password) => {
    const reply = await api.admin.post('/users', { ...owner, password });
    expect([GUESSABLE, OWN_NAME]).toContain(reply.body.errors?.[0].detail);
    expect(reply).toEqual(
      problem('invalid-fields', { errors: [{ pointer: '/password', detail: expect.any(String) }] }),
    );
  });

  it('is compared with the stored address and name where a request changes it alone', async () => {
    const { body } = await api.admin.post('/users', { ...owner, email: 'dana.whitfield@pier.example', password: PASSWORD }); // prettier-ignore
    const change = (changes: object) => api.admin.patch(`/users/${body.id}`, changes);
    const password = 'kettles of dana.whitfield';
    expect(await change({ password })).toEqual(refusal(OWN_NAME));
    expect((await change({ password, email: 'robin@pier.example' })).status).toBe(200);
    expect(await change({ password: 'kettles of robin in may' })).toEqual(refusal(OWN_NAME));
  });

  it.each([
    'three mugs on a shelf',
    'a password for the test',
    'correct kettle battery',
    'stockroom of seven kettles',
    'Yk7#mQ2$vB9!xR4z',
    '4829017365028461',
    'пять кружек на полке',
    '棚の上に三つのマグカップがある',
    'of dan and his kettle',
    'x7'.padEnd(200, 'three mugs on a shelf '),
  ])('is taken: %s', async (password) => {
    const email = `taken-${createHash('sha1').update(password).digest('hex').slice(0, 8)}@example.com`;
    expect((await api.admin.post('/users', { ...owner, email, password })).status).toBe(201);
  });
});
