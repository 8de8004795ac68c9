import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { createSignedInPerson, PASSWORD, setClock, signIn } from '../../../../test/support/people.ts';
import { problem, response } from '../../../../test/support/responses.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterEach(() => setClock(api));
afterAll(() => api.close());

const NEW_PASSWORD = 'four plates under a lamp';
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/) as unknown;

describe('the own account', () => {
  it('is shown, and takes another name, whatever the role', async () => {
    const { id, email, client } = await createSignedInPerson(api, 'viewer');
    const account = {
      id,
      email,
      name: expect.any(String),
      role: 'viewer',
      twoFactor: false,
      alerts: [],
      sendsMail: false,
      version: 1,
      createdAt: TIME,
      updatedAt: TIME,
    };
    expect(await client.get('/account')).toEqual(response(200, account, { etag: '"1"' }));
    expect(await client.patch('/account', { name: 'Kim' }, { 'if-match': '"1"' })).toEqual(
      response(200, { ...account, name: 'Kim', version: 2 }, { etag: '"2"' }),
    );
    expect(await client.patch('/account', { name: 'Lou' }, { 'if-match': '"1"' })).toEqual(
      problem('precondition-failed', { detail: 'It is at version 2 now. Read it again, then decide.' }),
    );
  });

  it.each([['role', 'admin'], ['email', 'other@example.com'], ['password', NEW_PASSWORD]])(
    'takes no other %s',
    async (field, value) => {
      const { client } = await createSignedInPerson(api, 'viewer');
      expect(await client.patch('/account', { [field]: value })).toEqual(problem('invalid-fields', { errors: [{ pointer: `/${field}`, detail: 'is not a field here' }] }));
    },
  ); // prettier-ignore

  it('is none of an API key', async () => {
    const { body } = await api.admin.post('/api-keys', { name: 'Till', role: 'admin' });
    const key = new Client(api.url, body.key as string);
    const passwords = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    const answers = [
      await key.get('/account'),
      await key.patch('/account', { name: 'Kim' }),
      await key.post('/account/password', passwords),
      await key.get('/account/sessions'),
    ];
    for (const answer of answers)
      expect(answer).toEqual(problem('not-found', { detail: 'An API key has no account.' }));
  });
});

describe('the own password', () => {
  it('changes for a person who knows the current one, and the other sessions end', async () => {
    const { client, email } = await createSignedInPerson(api);
    const { body } = await signIn(api, email);
    const other = new Client(api.url, body.accessToken as string);
    const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    expect(await client.post('/account/password', change)).toEqual(response(204, ''));
    expect((await client.get('/account')).status).toBe(200);
    expect((await other.get('/account')).status).toBe(401);
    expect((await signIn(api, email)).status).toBe(401);
    expect((await signIn(api, email, NEW_PASSWORD)).status).toBe(201);
  });

  it('stays where the current one is wrong, and guesses are delayed', async () => {
    setClock(api, Date.now());
    const { client, email } = await createSignedInPerson(api);
    const guess = () => client.post('/account/password', { currentPassword: 'a guess', newPassword: NEW_PASSWORD });
    for (let n = 0; n < 5; n++)
      expect(await guess()).toEqual(
        problem('invalid-fields', { errors: [{ pointer: '/currentPassword', detail: 'is not your password' }] }),
      );
    expect(await guess()).toEqual(
      problem('too-many-requests', {
        detail: 'Too many sign-ins have failed. Try again in 1 s.',
        headers: { 'retry-after': '1' },
      }),
    );
    setClock(api, Date.now() + 60_000);
    expect((await signIn(api, email)).status).toBe(201);
  });

  it.each([
    [
      'one that is easily guessed',
      () => 'stockroom123',
      'is too easy to guess; use several words that do not belong together',
    ],
    [
      'one with the own address',
      (email: string) => `${email} and four plates`,
      'must not contain the e-mail address or the name that it is for; use several words that do not belong together',
    ],
  ])('does not become %s', async (_, passwordFor, detail) => {
    const { client, email } = await createSignedInPerson(api);
    const change = { currentPassword: PASSWORD, newPassword: passwordFor(email) };
    expect(await client.post('/account/password', change)).toEqual(
      problem('invalid-fields', { errors: [{ pointer: '/newPassword', detail }] }),
    );
    expect((await signIn(api, email)).status).toBe(201);
  });
});

it('a forgotten password is not replaced by a link where the deployment sends no mail', async () => {
  const { email } = await createSignedInPerson(api);
  for (const address of [email, 'unknown@example.com'])
    expect(await api.anonymous.post('/password-resets', { email: address })).toEqual(
      problem('mail-is-off', { detail: 'Ask an admin for a new password.' }),
    );
});

describe('the own sessions', () => {
  it('are listed, the newest first, and end one by one', async () => {
    const { client, email } = await createSignedInPerson(api);
    const { body } = await signIn(api, email);
    const other = new Client(api.url, body.accessToken as string);
    const listed = await client.get('/account/sessions');
    expect(listed.status).toBe(200);
    expect(listed.body).toEqual({
      items: [false, true].map((isCurrent) => ({
        id: expect.any(String),
        createdAt: TIME,
        lastUsedAt: TIME,
        isCurrent,
      })),
      nextCursor: null,
    });
    expect((await client.delete(`/account/sessions/${listed.body.items[0].id}`)).status).toBe(204);
    expect(await other.get('/account')).toEqual(
      problem('unauthenticated', { detail: 'The access token or API key is not, or no longer, valid.' }),
    );
    expect((await client.get('/account/sessions')).body.items).toEqual([listed.body.items[1]]);
  });

  it('are not those of others', async () => {
    const { client } = await createSignedInPerson(api, 'admin');
    const other = await createSignedInPerson(api);
    const { id } = (await other.client.get('/account/sessions')).body.items[0];
    expect(await client.delete(`/account/sessions/${id}`)).toEqual(problem('not-found'));
    expect((await other.client.get('/account')).status).toBe(200);
  });
});
