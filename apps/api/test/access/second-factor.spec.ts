import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TOTP } from 'otpauth';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { createSignedInPerson, PASSWORD, setClock } from '../../../../test/support/people.ts';
import { pick } from '../../../../test/support/pick.ts';
import { problem, response } from '../../../../test/support/responses.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterEach(() => setClock(api));
afterAll(() => api.close());

const STEP_MS = 30_000;
/** The beginning of a step, so that a test chooses when the next one comes. */
const START = Math.ceil(Date.now() / STEP_MS) * STEP_MS;

const codeAt = (secret: string, timestamp: number) => new TOTP({ secret }).generate({ timestamp });
/** A code that is right at no time near `START`. */
const wrongFor = (secret: string) => {
  const right = [-2, -1, 0, 1, 2].map((step) => codeAt(secret, START + step * STEP_MS));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code))!;
};

/** A person whose second factor is on since the step before `START`. */
async function createPersonWithTotp() {
  setClock(api, START - STEP_MS);
  const person = await createSignedInPerson(api);
  const { secret } = (await person.client.post('/account/totp', { currentPassword: PASSWORD })).body as {
    secret: string;
  };
  const confirmed = await person.client.post('/account/totp/confirm', { code: codeAt(secret, START - STEP_MS) });
  setClock(api, START);
  return { ...person, secret, recoveryCodes: confirmed.body.recoveryCodes as string[] };
}

const signInWith = (email: string, code?: string, password = PASSWORD) =>
  api.anonymous.post('/sessions', { email, password, ...(code !== undefined && { code }) });

const WRONG_CODE = problem('unauthenticated', { detail: 'The e-mail address, the password or the code is wrong.' });
const MISSING_CODE = problem('second-factor-required', {
  detail: 'Send a code of your authenticator app, or a recovery code.',
});

describe('setting up two-factor sign-in', () => {
  it('takes the password, and is on once a code of the app was entered', async () => {
    setClock(api, START);
    const { client, email } = await createSignedInPerson(api);
    expect(await client.post('/account/totp', { currentPassword: 'a guess' })).toEqual(
      problem('invalid-fields', { errors: [{ pointer: '/currentPassword', detail: 'is not your password' }] }),
    );
    const setUp = await client.post('/account/totp', { currentPassword: PASSWORD });
    const { secret } = setUp.body as { secret: string };
    const uri = `otpauth://totp/Stockroom:${encodeURIComponent(email.toLowerCase())}?issuer=Stockroom&secret=${secret}&algorithm=SHA1&digits=6&period=30`;
    expect(setUp).toEqual(response(201, { secret, uri }, { 'cache-control': 'no-store' }));
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect((await signInWith(email)).status).toBe(201);
    expect(await client.post('/account/totp/confirm', { code: wrongFor(secret) })).toEqual(
      problem('invalid-fields', { errors: [{ pointer: '/code', detail: 'is not the code that the app shows now' }] }),
    );
    const confirmed = await client.post('/account/totp/confirm', { code: codeAt(secret, START) });
    const code = expect.stringMatching(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/) as unknown;
    const recoveryCodes = Array.from({ length: 10 }, () => code);
    expect(confirmed).toEqual(response(200, { recoveryCodes }, { 'cache-control': 'no-store' }));
    const account = pick((await client.get('/account')).body, 'twoFactor', 'version');
    expect(account).toEqual({ twoFactor: true, version: 2 });
    expect(await signInWith(email)).toEqual(MISSING_CODE);
  });

  it('counts the last secret that was made, and none once one is on', async () => {
    setClock(api, START);
    const { client } = await createSignedInPerson(api);
    const confirm = (secret: string) => client.post('/account/totp/confirm', { code: codeAt(secret, START) });
    const setUp = async () => (await client.post('/account/totp', { currentPassword: PASSWORD })).body.secret as string;
    const nothing = problem('conflict', { detail: 'Nothing waits for a code. Begin with POST /account/totp.' });
    expect(await client.post('/account/totp/confirm', { code: '123456' })).toEqual(nothing);
    const [first, second] = [await setUp(), await setUp()];
    expect((await confirm(first)).status).toBe(422);
    expect((await confirm(second)).status).toBe(200);
    expect(await confirm(second)).toEqual(nothing);
    expect(await client.post('/account/totp', { currentPassword: PASSWORD })).toEqual(
      problem('conflict', { detail: 'Two-factor sign-in is on. Turn it off first.' }),
    );
  });

  it('leaves no secret in the database, the audit or the events', async () => {
    const { id, secret, recoveryCodes } = await createPersonWithTotp();
    const stored = await api.database.query<{ text: string }>(sql`
      SELECT row_to_json(factor)::text AS text FROM second_factor factor WHERE user_id = ${id}
      UNION ALL SELECT row_to_json(code)::text FROM recovery_code code WHERE user_id = ${id}
      UNION ALL SELECT row_to_json(entry)::text FROM audit_entry entry WHERE subject_id = ${id}
      UNION ALL SELECT row_to_json(event)::text FROM event WHERE resource_id = ${id}`);
    expect(stored.length).toBeGreaterThan(12);
    for (const { text } of stored)
      for (const hidden of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
        expect(text).not.toContain(hidden);
  });
});

describe('a code at sign-in', () => {
  it('is taken once, with the password only, and one step early or late', async () => {
    const { email, secret } = await createPersonWithTotp();
    expect(await signInWith(email, codeAt(secret, START - STEP_MS))).toEqual(WRONG_CODE);
    expect(await signInWith(email, codeAt(secret, START - 2 * STEP_MS))).toEqual(WRONG_CODE);
    expect(await signInWith(email, codeAt(secret, START), 'a wrong password')).toEqual(WRONG_CODE);
    const code = codeAt(secret, START);
    expect((await signInWith(email, `${code.slice(0, 3)} ${code.slice(3)}`)).status).toBe(201);
    setClock(api, START + STEP_MS);
    expect(await signInWith(email, code)).toEqual(WRONG_CODE);
    expect((await signInWith(email, codeAt(secret, START + 2 * STEP_MS))).status).toBe(201);
  });

  it('signs in once where it comes ten times at once', async () => {
    const { email, secret } = await createPersonWithTotp();
    const codes = Array.from({ length: 10 }, () => signInWith(email, codeAt(secret, START)));
    const signedIn = (await Promise.all(codes)).filter(({ status }) => status === 201);
    expect(signedIn).toHaveLength(1);
  });

  it('may be a recovery code, once, also in small letters', async () => {
    const { email, recoveryCodes } = await createPersonWithTotp();
    const [code, ...others] = recoveryCodes;
    expect((await signInWith(email, code!.toLowerCase())).status).toBe(201);
    expect(await signInWith(email, code)).toEqual(WRONG_CODE);
    expect((await signInWith(email, others[0])).status).toBe(201);
  });

  it('is delayed where it is wrong as a wrong password is, and then not even the right one is answered', async () => {
    const { email, secret } = await createPersonWithTotp();
    for (let n = 0; n < 5; n++) expect(await signInWith(email, wrongFor(secret))).toEqual(WRONG_CODE);
    const delayed = problem('too-many-requests', {
      detail: 'Too many sign-ins have failed. Try again in 1 s.',
      headers: { 'retry-after': '1' },
    });
    expect(await signInWith(email, codeAt(secret, START))).toEqual(delayed);
    expect(await signInWith(email)).toEqual(delayed);
  });

  it('is not needed by an API key, and is ignored where the person has no second factor', async () => {
    const { email } = await createSignedInPerson(api);
    expect((await signInWith(email, '123456')).status).toBe(201);
    const { body } = await api.admin.post('/api-keys', { name: 'Till', role: 'viewer' });
    const key = new Client(api.url, body.key as string);
    expect((await key.get('/items')).status).toBe(200);
    for (const [route, sent] of [['totp', { currentPassword: PASSWORD }], ['totp/confirm', { code: '123456' }], ['totp/disable', { currentPassword: PASSWORD }]] as const)
      expect(await key.post(`/account/${route}`, sent)).toEqual(problem('not-found', { detail: 'An API key has no account.' })); // prettier-ignore
  });

  it.each(['', 'x'.repeat(41)])('is bounded (%j)', async (code) => {
    expect((await signInWith('nobody@example.com', code)).body.errors[0].pointer).toBe('/code');
  });
});

describe('turning it off', () => {
  it('takes the password, and guesses are delayed', async () => {
    const { client, email } = await createPersonWithTotp();
    const off = (currentPassword: string) => client.post('/account/totp/disable', { currentPassword });
    expect((await off('a guess')).status).toBe(422);
    expect(await off(PASSWORD)).toEqual(response(204, ''));
    expect(await off(PASSWORD)).toEqual(problem('conflict', { detail: 'Two-factor sign-in is off already.' }));
    expect((await signInWith(email)).status).toBe(201);
    for (let n = 0; n < 4; n++) await off('a guess');
    expect((await off(PASSWORD)).status).toBe(429);
  });

  it('is what an admin does for another person, and it is audited', async () => {
    const { id, email } = await createPersonWithTotp();
    expect((await api.admin.delete(`/users/${id}/totp`, { 'if-match': '"1"' })).status).toBe(412);
    expect(await api.admin.delete(`/users/${id}/totp`)).toEqual(response(204, ''));
    expect((await api.admin.delete(`/users/${id}/totp`)).status).toBe(409);
    expect((await signInWith(email)).status).toBe(201);
    const { items } = (await api.admin.get(`/audit?subjectId=${id}&field=twoFactor`)).body;
    const admin = (await api.admin.get('/account')).body.id as string;
    const seen = items.map((entry: any) => [entry.changes, entry.createdBy.id]);
    expect(seen).toEqual([
      [[{ field: 'twoFactor', from: true, to: false }], admin],
      [[{ field: 'twoFactor', from: false, to: true }], id],
    ]);
    await api.admin.delete(`/users/${id}`);
    expect((await api.admin.get(`/audit?subjectId=${id}&field=twoFactor`)).body.items).toHaveLength(2);
  });

  it('is not what an admin does for themselves without the password', async () => {
    const { id } = (await api.admin.get('/account')).body;
    expect(await api.admin.delete(`/users/${id}/totp`)).toEqual(
      problem('conflict', { detail: 'Turn your own off by POST /account/totp/disable, with your password.' }),
    );
  });
});
