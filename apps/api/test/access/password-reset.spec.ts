import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import type { Client } from '../../../../test/support/client.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import { Mailbox } from '../../../../test/support/mailbox.ts';
import { createPerson, createSignedInPerson, PASSWORD, setClock, signIn } from '../../../../test/support/people.ts';
import { pick } from '../../../../test/support/pick.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { PasswordMailService } from '../../src/access/password-reset/password-mail.service.ts';
import { hashToken } from '../../src/access/secrets/opaque-token.ts';
import { Housekeeping } from '../../src/housekeeping.ts';

const NEW_PASSWORD = 'four plates under a lamp';
const PUBLIC_URL = 'https://stock.example.com';
const MINUTE = 60_000;
const START = Date.now();
const mailbox = new Mailbox();
let api: TestApi;
let other: TestApi;

beforeAll(async () => {
  const mail = { url: await mailbox.start(), from: 'stockroom@example.com', publicUrl: PUBLIC_URL };
  const database = await createTestDatabase();
  api = await startApi(database, { mail });
  other = await startApi({ ...database, drop: () => Promise.resolve() }, { mail });
  // Mail is sent when a test says so.
  for (const { app } of [api, other]) app.get(Housekeeping).beforeApplicationShutdown();
});
afterAll(async () => {
  await other.close();
  await api.close();
  await mailbox.stop();
});
beforeEach(async () => {
  mailbox.reset();
  at(0);
  await api.database.query(sql`DELETE FROM sign_in_failure`);
  await api.database.query(sql`DELETE FROM password_mail`);
});

/** Minutes after the beginning, on both tasks. */
const at = (minutes: number) => [api, other].forEach((task) => setClock(task, START + minutes * MINUTE));
/** What housekeeping does every 5 s, on both tasks at once. */
const work = () => Promise.all([api, other].map(({ app }) => app.get(PasswordMailService).work()));
const ask = (email: string, task = api) => task.anonymous.post('/password-resets', { email });
const confirm = (token: string, newPassword = NEW_PASSWORD, task = api) =>
  task.anonymous.post('/password-resets/confirm', { token, newPassword });
const INVALID = problem('not-found', { detail: 'This link is not, or no longer, valid. Ask for a new one.' });
const ASKED = response(202, '');
/** As nodemailer writes it: the domain in small letters. */
const sentTo = (email: string) => [email.replace('@Example', '@example')];

/** The token of the newest mail. */
const newestToken = () => /reset-password#([\w-]{43})$/m.exec(mailbox.mails.at(-1)!.text)![1]!;
async function tokenFor(email: string): Promise<string> {
  expect(await ask(email)).toEqual(ASKED);
  await work();
  return newestToken();
}

describe('a forgotten password', () => {
  it('is replaced by a link that is sent once to the address as the account has it, and every session ends', async () => {
    const { email, client } = await createSignedInPerson(api);
    expect(await ask(email.toUpperCase())).toEqual(ASKED);
    expect(mailbox.mails).toEqual([]);
    await work();
    expect(mailbox.mails.map(({ to, headers, text }) => ({ to, subject: headers.subject, text }))).toEqual([
      {
        to: sentTo(email),
        subject: 'Stockroom: choose a new password',
        text: `A new password was asked for, for your account of Stockroom at ${PUBLIC_URL}.

To choose one, open this page within 30 minutes. It works once.

${PUBLIC_URL}/reset-password#${newestToken()}

If you did not ask for it, do nothing: your password stays as it is.`,
      },
    ]);
    expect((await signIn(api, email)).status).toBe(201);
    expect(await confirm(newestToken())).toEqual(response(204, ''));
    expect((await client.get('/account')).status).toBe(401);
    expect((await signIn(api, email)).status).toBe(401);
    expect((await signIn(api, email, NEW_PASSWORD)).status).toBe(201);
    expect(await confirm(newestToken())).toEqual(INVALID);
  });

  it('is the same to ask for where there is no such account, or not any more, which get no mail', async () => {
    const removed = await createPerson(api);
    expect((await api.admin.delete(`/users/${removed.id}`)).status).toBe(204);
    const person = await createPerson(api);
    const addresses = [person.email, 'unknown@example.com', removed.email];
    const replies = [];
    for (const email of addresses) replies.push(await ask(email));
    expect(replies).toEqual(addresses.map(() => ASKED));
    const names = replies.map(({ headers }) => Object.keys(headers));
    expect(names.every((list) => list.join() === names[0]!.join())).toBe(true);
    // The same rows, so the same work.
    const rows = await api.database.query<{ emailKey: string }>(sql`
      SELECT email_key AS "emailKey" FROM password_mail ORDER BY email_key`);
    expect(rows.map(({ emailKey }) => emailKey)).toEqual(addresses.map((email) => email.toLowerCase()).sort());
    await work();
    expect(mailbox.mails.map(({ to }) => to)).toEqual([sentTo(person.email)]);
    expect(await api.database.query(sql`SELECT FROM password_mail`)).toEqual([]);
  });

  it('leads to no other site, whatever host the request names', async () => {
    const { email } = await createPerson(api);
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      'content-type': 'application/json',
    };
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest(`${api.url}/api/v1/password-resets`, { method: 'POST', headers }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      });
      sent.on('error', reject).end(JSON.stringify({ email }));
    });
    expect(status).toBe(202);
    await work();
    expect(mailbox.mails[0]!.text.match(/https?:\/\/[^/\s]+/g)).toEqual([`${PUBLIC_URL}.`, PUBLIC_URL]);
  });

  it('goes to the owner where a typed address only folds to theirs, and to no one where it only looks the same', async () => {
    const { email } = await createPerson(api);
    const stored = 'kim@example.com';
    await api.database.query(sql`UPDATE user_account SET email = ${stored} WHERE email = ${email}`);
    const typed = ['\u212Aim@example.com', 'k\u0456m@example.com', 'ｋim@example.com', 'kim@example.com.'];
    for (const address of typed) expect([202, 422]).toContain((await ask(address)).status);
    await work();
    expect(mailbox.mails.every(({ to }) => to.join() === stored)).toBe(true);
    expect(mailbox.mails.length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['a line break', 'sam@example.com\r\nBcc: eve@example.com'],
    ['10,000 characters', `${'a'.repeat(10_000)}@example.com`],
    ['two addresses', 'sam@example.com,eve@example.com'],
    ['a null byte', 'sam@example.com\0'],
    ['a list', ['sam@example.com']],
  ])('is not asked for with %s', async (_, email) => {
    expect([400, 422]).toContain((await api.anonymous.post('/password-resets', { email })).status);
    expect(await api.database.query(sql`SELECT FROM password_mail`)).toEqual([]);
  });

  it('has one mail where it is asked for three times at once, and after that waits, whether or not there is an account', async () => {
    const { email } = await createPerson(api);
    for (const address of [email, 'unknown@example.com']) {
      const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => ask(address, n % 2 ? api : other)));
      expect(replies.filter(({ status }) => status === 202)).toHaveLength(3);
      expect(replies.find(({ status }) => status !== 202)).toEqual(
        problem('too-many-requests', {
          detail: 'Too many links for a new password were asked for. Try again in 60 s.',
          headers: { 'retry-after': '60' },
        }),
      );
      await api.database.query(sql`DELETE FROM sign_in_failure WHERE failures > 3`);
    }
    await work();
    expect(mailbox.mails).toHaveLength(1);
    expect((await signIn(api, email)).status).toBe(201);
    at(1);
    expect(await ask(email)).toEqual(ASKED);
    expect((await ask(email)).headers['retry-after']).toBe('120');
  });

  it('is asked for at most twenty times at once from one network', async () => {
    for (let n = 0; n < 20; n++) expect(await ask(`no-one-${n}@example.com`)).toEqual(ASKED);
    expect((await ask('no-one-20@example.com')).headers['retry-after']).toBe('1');
  });

  it('has its mail a minute later where the server refuses it, and not after half an hour', async () => {
    const [one, two] = [await createPerson(api), await createPerson(api)];
    mailbox.isRefusing = true;
    await ask(one.email);
    await work();
    mailbox.isRefusing = false;
    await work();
    expect(mailbox.mails).toEqual([]);
    at(1);
    await work();
    expect(mailbox.mails.map(({ to }) => to)).toEqual([sentTo(one.email)]);
    expect((await confirm(newestToken())).status).toBe(204);
    await ask(two.email);
    await api.database.query(sql`DELETE FROM password_mail WHERE kind = 'changed'`);
    mailbox.mails.length = 0;
    at(31);
    await work();
    expect(mailbox.mails).toEqual([]);
    await api.app.get(PasswordMailService).deleteExpired();
    expect(await api.database.query(sql`SELECT FROM password_mail`)).toEqual([]);
  });
});

describe('a link for a new password', () => {
  it('works once, also where it is used twice at once, on two tasks', async () => {
    const { email } = await createPerson(api);
    const token = await tokenFor(email);
    const passwords = ['four plates under a lamp', 'five spoons beside a clock'];
    const replies = await Promise.all(passwords.map((word, n) => confirm(token, word, [api, other][n])));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 404]);
    const winner = replies.findIndex(({ status }) => status === 204);
    expect((await signIn(api, email, passwords[winner])).status).toBe(201);
    expect((await signIn(api, email, passwords[1 - winner])).status).toBe(401);
  });

  it('is valid for half an hour', async () => {
    const { email } = await createPerson(api);
    const token = await tokenFor(email);
    at(30);
    expect(await confirm(token)).toEqual(INVALID);
    at(29.99);
    expect((await confirm(token)).status).toBe(204);
  });

  const changes: [string, (person: { id: string; email: string; client: Client }) => Promise<unknown>][] = [
    ['a new one was asked for', ({ email }) => tokenFor(email)],
    ['its owner has changed the password', ({ client }) => client.post('/account/password', { currentPassword: PASSWORD, newPassword: 'five spoons beside a clock' })],
    ['an admin has changed the password', ({ id }) => api.admin.patch(`/users/${id}`, { password: 'five spoons beside a clock' })],
    ['an admin has changed the address', ({ id }) => api.admin.patch(`/users/${id}`, { email: `new-${id}@example.com` })],
    ['the person was removed', ({ id }) => api.admin.delete(`/users/${id}`)],
  ]; // prettier-ignore
  it.each(changes)('is void once %s', async (_, change) => {
    const person = await createSignedInPerson(api);
    const token = await tokenFor(person.email);
    await change(person);
    expect(await confirm(token)).toEqual(INVALID);
  });

  it('takes no password that the account page refuses, and can be used again then', async () => {
    const { email } = await createPerson(api);
    const token = await tokenFor(email);
    const refusals = [];
    for (const password of ['too short', 'stockroom123', `${email} and four plates`])
      refusals.push((await confirm(token, password)).body.errors);
    expect(refusals).toEqual([
      [expect.objectContaining({ pointer: '/newPassword' })],
      [{ pointer: '/newPassword', detail: 'is too easy to guess; use several words that do not belong together' }],
      [{ pointer: '/newPassword', detail: 'must not contain the e-mail address or the name that it is for; use several words that do not belong together' }],
    ]); // prettier-ignore
    expect((await confirm(token)).status).toBe(204);
  });

  it('does not replace the code of two-factor sign-in', async () => {
    const { id, email } = await createPerson(api);
    await api.database.query(sql`
      INSERT INTO second_factor (user_id, secret, confirmed_at) VALUES (${id}, 'encrypted', now())`);
    expect((await confirm(await tokenFor(email))).status).toBe(204);
    expect((await signIn(api, email, NEW_PASSWORD)).body.type).toBe('/api/problems/second-factor-required');
  });

  it('changes the account of its owner only', async () => {
    const [one, two] = [await createPerson(api), await createPerson(api)];
    const token = await tokenFor(one.email);
    await tokenFor(two.email);
    expect((await confirm(token)).status).toBe(204);
    expect((await signIn(api, two.email)).status).toBe(201);
    expect((await signIn(api, one.email, NEW_PASSWORD)).status).toBe(201);
  });

  it.each([['', 422], ['A'.repeat(43), 404], ['\0', 400], ['x'.repeat(201), 422], [`' OR true --`, 404]])(
    'is not %j',
    async (token, status) => expect((await confirm(token)).status).toBe(status),
  ); // prettier-ignore

  it('is kept nowhere but in the mail, and what it did is in the audit', async () => {
    const { id, email } = await createPerson(api);
    const token = await tokenFor(email);
    const tables = await api.database.query<{ rows: string }>(sql`
      SELECT table_to_xml(table_name::text::regclass, true, false, '')::text AS rows FROM information_schema.tables
      WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`);
    const everything = tables.map(({ rows }) => rows).join();
    expect(everything).toContain(hashToken(token).toString('base64'));
    expect(everything).not.toContain(token);
    expect((await confirm(token)).status).toBe(204);
    const { body } = await api.admin.get(`/audit?subjectId=${id}&limit=1`);
    expect(pick(body.items[0], 'action', 'changes', 'sessionId', 'address')).toEqual({
      action: 'updated',
      changes: [{ field: 'password', from: null, to: null }],
      sessionId: null,
      address: '127.0.0.1',
    });
    expect(body.items[0].createdBy.id).toBe(id);
    const audit = await api.database.query<{ text: string }>(sql`SELECT entry::text AS text FROM audit_entry entry`);
    const secrets = [token, hashToken(token).toString('hex'), NEW_PASSWORD, 'argon2'];
    expect(secrets.filter((secret) => audit.some(({ text }) => text.includes(secret)))).toEqual([]);
  });
});

describe('a changed password', () => {
  const toldOf = async () => {
    await work();
    return mailbox.mails.splice(0).map(({ to, headers, text }) => ({ to, subject: headers.subject, text }));
  };
  const mailTo = (email: string) => ({
    to: sentTo(email),
    subject: 'Stockroom: your password was changed',
    text: expect.stringMatching(
      /^The password of your account of Stockroom at https:\/\/stock\.example\.com was changed, on 20\d\d-\d\d-\d\d \d\d:\d\d UTC\.\n\nIf/,
    ) as unknown,
  });

  it('is told to its owner by mail, also where an admin changed it', async () => {
    const { id, email, client } = await createSignedInPerson(api);
    await client.post('/account/password', { currentPassword: PASSWORD, newPassword: 'five spoons beside a clock' });
    expect(await toldOf()).toEqual([mailTo(email)]);
    await api.admin.patch(`/users/${id}`, { password: 'six forks below a chair' });
    expect(await toldOf()).toEqual([mailTo(email)]);
    const token = await tokenFor(email);
    mailbox.mails.length = 0;
    await confirm(token);
    expect(await toldOf()).toEqual([mailTo(email)]);
    await api.admin.patch(`/users/${id}`, { name: 'Kim' });
    expect(await toldOf()).toEqual([]);
  });
});
