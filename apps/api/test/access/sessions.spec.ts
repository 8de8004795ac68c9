import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SignJWT } from 'jose';
import sql from 'sql-template-tag';
import { PasswordHasher } from '../../src/access/secrets/password-hasher.ts';
import { SessionRepository } from '../../src/access/sessions/session.repository.ts';
import { SessionService } from '../../src/access/sessions/session.service.ts';
import { TokenService } from '../../src/access/token.service.ts';
import { SIGNING_KEY, startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { PASSWORD, createPerson, setClock, createSignedInPerson, signIn } from '../../../../test/support/people.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
afterEach(() => setClock(api));

const DAY = 24 * 3600_000;
/** For how long the last token may be used again. */
const GRACE = 30_000;
const refresh = (refreshToken: unknown) => api.anonymous.post('/sessions/refresh', { refreshToken });
const DEAD = problem('unauthenticated');

describe('signing in', () => {
  it('answers with both tokens and the person, to be kept nowhere on the way', async () => {
    const { id, email } = await createPerson(api, 'viewer');
    const { status, headers, body } = await signIn(api, email);
    const time = expect.stringMatching(/\+00:00$/);
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        accessToken: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
        refreshToken: expect.stringMatching(/^[\w-]{43}$/),
        deviceToken: expect.stringMatching(/^[\w-]{22}\.\d{13}\.[\w-]{43}$/),
        expiresIn: 900,
        user: {
          id,
          email,
          name: expect.any(String),
          role: 'viewer',
          twoFactor: false,
          version: 1,
          createdAt: time,
          updatedAt: time,
        },
      },
    });
    expect(pick(headers, 'cache-control', 'location')).toEqual({
      'cache-control': 'no-store',
      location: '/api/v1/sessions/current',
    });
    expect(await new Client(api.url, body.accessToken as string).get('/sessions/current')).toEqual(
      response(200, { user: body.user }, { etag: '"1"' }),
    );
  });

  it('takes the address in any case', async () => {
    const { email } = await createPerson(api);
    const { status, body } = await signIn(api, email.toUpperCase());
    expect({ status, email: body.user.email }).toEqual({ status: 201, email });
  });

  it('says the same, after the same work, whether or not there is such an account', async () => {
    const { email } = await createPerson(api);
    const work = jest.spyOn(api.app.get(PasswordHasher), 'verify');
    const wrong = await signIn(api, email, 'not the password');
    const unknown = await signIn(api, 'nobody@example.com', 'not the password');
    expect(work).toHaveBeenCalledTimes(2);
    work.mockRestore();
    expect(wrong.status).toBe(401);
    expect(pick(wrong.headers, 'www-authenticate', 'cache-control')).toEqual({
      'www-authenticate': 'Bearer realm="stockroom"',
      'cache-control': 'no-store',
    });
    expect(wrong.body).toEqual({
      type: '/api/problems/unauthenticated',
      title: 'Authentication required',
      status: 401,
      detail: 'The e-mail address or the password is wrong.',
      instance: '/api/v1/sessions',
      requestId: wrong.headers['x-request-id'],
    });
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    expect(Object.keys(unknown.headers).sort()).toEqual(Object.keys(wrong.headers).sort());
  });

  it('names the fields that are wrong, without their values', async () => {
    const { status, body } = await api.anonymous.post('/sessions', {
      email: 'sam',
      password: 12345678,
      remember: true,
    });
    expect(status).toBe(422);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect([...new Set(pointers)].sort()).toEqual(['/email', '/password', '/remember']);
    expect(JSON.stringify(body)).not.toContain('12345678');
  });

  it('starts no session with a password that was changed while it was looked at', async () => {
    const { id } = await createPerson(api);
    const sessions = api.app.get(SessionRepository);
    expect(await sessions.insert(api.database, id, 'the hash before', new Date(Date.now() + DAY))).toBeUndefined();
  });
});

describe('an access token', () => {
  it('ends with its fifteen minutes to the millisecond, although it was believed a moment ago', async () => {
    const start = Math.floor(Date.now() / 1000) * 1000;
    setClock(api, start);
    const { client } = await createSignedInPerson(api);
    setClock(api, start + 900_000 - 1);
    expect((await client.get('/sessions/current')).status).toBe(200);
    setClock(api, start + 900_000);
    expect(await client.get('/sessions/current')).toEqual(DEAD);
  });

  it('is refused where it is not ours', async () => {
    const { id, body } = await createSignedInPerson(api);
    const sid = JSON.parse(Buffer.from(body.accessToken.split('.')[1], 'base64url').toString()).sid as string;
    const token = (key: string, alg = 'HS256', issuer = 'stockroom') =>
      new SignJWT({ sid }).setProtectedHeader({ alg }).setIssuer(issuer).setSubject(id).setExpirationTime('15m')
        .sign(new TextEncoder().encode(key)); // prettier-ignore
    const [header, payload, signature] = (await token(SIGNING_KEY)).split('.') as [string, string, string];
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const forged = [
      await token('another signing key, as long as the right one'),
      await token(SIGNING_KEY, 'HS512'),
      await token(SIGNING_KEY, 'HS256', 'another issuer'),
      `${unsigned}.${payload}.`,
      `${header}.${payload}.${signature.slice(1)}A`,
      'rubbish',
      'sk_rubbish',
      'x'.repeat(1025),
    ];
    expect((await new Client(api.url, `${header}.${payload}.${signature}`).get('/items')).status).toBe(200);
    for (const bearer of forged) {
      expect(await new Client(api.url, bearer).get('/items')).toEqual(
        problem('unauthenticated', { headers: { 'www-authenticate': 'Bearer realm="stockroom"' } }),
      );
    }
  });

  it('is refused where its session is not there', async () => {
    const { id } = await createPerson(api);
    const sessionId = '01890000-0000-7000-8000-000000000000';
    const token = await api.app.get(TokenService).issue({ actorId: id, sessionId });
    expect(await new Client(api.url, token).get('/items')).toEqual(DEAD);
  });
});

describe('signing out', () => {
  it('ends the session at once, its refresh token too', async () => {
    const { client, body } = await createSignedInPerson(api, 'viewer');
    expect((await client.get('/items')).status).toBe(200);
    expect(await client.delete('/sessions/current')).toEqual(response(204, ''));
    expect(await client.get('/items')).toEqual(DEAD);
    expect(await client.delete('/sessions/current')).toEqual(DEAD);
    expect(await refresh(body.refreshToken)).toEqual(DEAD);
  });

  it('leaves the other sessions of the person alone', async () => {
    const { client, email } = await createSignedInPerson(api);
    const other = new Client(api.url, (await signIn(api, email)).body.accessToken as string);
    await client.delete('/sessions/current');
    expect((await other.get('/sessions/current')).status).toBe(200);
  });
});

describe('refreshing', () => {
  it('gives new tokens for the same session', async () => {
    const { body } = await createSignedInPerson(api, 'admin');
    const next = await refresh(body.refreshToken);
    expect(next).toEqual(
      response(
        201,
        { accessToken: expect.any(String), expiresIn: 900, refreshToken: expect.any(String), user: body.user },
        { 'cache-control': 'no-store' },
      ),
    );
    expect(next.body.refreshToken).not.toBe(body.refreshToken);
    const client = new Client(api.url, next.body.accessToken as string);
    await client.delete('/sessions/current');
    expect(await new Client(api.url, body.accessToken as string).get('/items')).toEqual(DEAD);
  });

  it('ends the whole family where a used token comes again', async () => {
    const start = Date.now();
    setClock(api, start);
    const { client, body } = await createSignedInPerson(api);
    const second = await refresh(body.refreshToken);
    expect((await client.get('/items')).status).toBe(200);
    setClock(api, start + GRACE + 1);
    expect(await refresh(body.refreshToken)).toEqual(
      problem('unauthenticated', { detail: 'The refresh token is not, or no longer, valid. Sign in again.' }),
    );
    expect(await refresh(second.body.refreshToken)).toEqual(DEAD);
    expect(await client.get('/items')).toEqual(DEAD);
  });

  it('ends it at once where the token that followed was used, too', async () => {
    const { client, body } = await createSignedInPerson(api);
    const second = await refresh(body.refreshToken);
    const third = await refresh(second.body.refreshToken);
    expect(third.status).toBe(201);
    expect(await refresh(body.refreshToken)).toEqual(DEAD);
    expect(await refresh(third.body.refreshToken)).toEqual(DEAD);
    expect(await client.get('/items')).toEqual(DEAD);
  });

  it('gives the same next token to all who bring one token at once, or within thirty seconds', async () => {
    const start = Date.now();
    setClock(api, start);
    const { body } = await createSignedInPerson(api);
    const replies = await Promise.all(Array.from({ length: 10 }, () => refresh(body.refreshToken)));
    setClock(api, start + GRACE);
    replies.push(await refresh(body.refreshToken));
    expect(replies.map(({ status }) => status)).toEqual(Array<number>(11).fill(201));
    expect(new Set(replies.map((reply) => reply.body.refreshToken as string)).size).toBe(1);
    for (const reply of replies) {
      const client = new Client(api.url, reply.body.accessToken as string);
      expect((await client.get('/sessions/current')).status).toBe(200);
    }
    const second = await refresh(replies[0]!.body.refreshToken);
    expect(second.status).toBe(201);
    expect(second.body.refreshToken).not.toBe(replies[0]!.body.refreshToken);
  });

  it('does not bring a session back that was signed out of meanwhile', async () => {
    const { client, body } = await createSignedInPerson(api);
    await refresh(body.refreshToken);
    await client.delete('/sessions/current');
    expect(await refresh(body.refreshToken)).toEqual(DEAD);
  });

  it('works up to thirty days after the last time, and no longer', async () => {
    const start = Date.now();
    setClock(api, start);
    const { body } = await createSignedInPerson(api);
    setClock(api, start + 30 * DAY - 1);
    const second = await refresh(body.refreshToken);
    expect(second.status).toBe(201);
    setClock(api, start + 60 * DAY - 1);
    expect(await refresh(second.body.refreshToken)).toEqual(DEAD);
  });

  it('does not take a token that never was, or that is not one', async () => {
    expect(await refresh('a'.repeat(43))).toEqual(DEAD);
    expect(await refresh(17)).toEqual(
      problem('invalid-fields', {
        errors: [
          { pointer: '/refreshToken', detail: 'must be a string' },
          { pointer: '/refreshToken', detail: 'must have 1 to 200 characters' },
        ],
      }),
    );
  });

  it('keeps tokens as hashes only', async () => {
    const { body } = await createSignedInPerson(api);
    const rows = await api.database.query<{ hash: Buffer }>(sql`SELECT hash FROM refresh_token`);
    expect(rows.every(({ hash }) => hash.length === 32)).toBe(true);
    expect(rows.some(({ hash }) => hash.equals(Buffer.from(body.refreshToken as string, 'base64url')))).toBe(false);
  });
});

it('forgets sessions that are over, and tokens that were used long ago', async () => {
  const start = Date.now();
  setClock(api, start);
  const [idle, busy] = [await createSignedInPerson(api), await createSignedInPerson(api)];
  setClock(api, start + 20 * DAY);
  const second = await refresh(busy.body.refreshToken);
  setClock(api, start + 31 * DAY);
  await api.app.get(SessionService).deleteExpired();
  const left = async (id: string) =>
    api.database.first(sql`
      SELECT count(DISTINCT session.id)::int AS sessions, count(hash)::int AS tokens
      FROM session LEFT JOIN refresh_token ON session_id = session.id WHERE user_id = ${id}`);
  expect(await left(idle.id)).toEqual({ sessions: 0, tokens: 0 });
  expect(await left(busy.id)).toEqual({ sessions: 1, tokens: 2 });
  const third = await refresh(second.body.refreshToken);
  setClock(api, start + 51 * DAY);
  await api.app.get(SessionService).deleteExpired();
  expect(await left(busy.id)).toEqual({ sessions: 1, tokens: 2 });
  expect((await refresh(third.body.refreshToken)).status).toBe(201);
});

it('stores passwords as Argon2id with the recommended cost', async () => {
  const { id } = await createPerson(api);
  const row = await api.database.one<{ phc: string }>(
    sql`SELECT password_hash AS phc FROM user_account WHERE id = ${id}`,
  );
  expect(row.phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(row.phc).not.toContain(PASSWORD);
});
