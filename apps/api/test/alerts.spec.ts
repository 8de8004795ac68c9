import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { createTestDatabase } from '../../../test/support/database.ts';
import { freePort } from '../../../test/support/free-port.ts';
import { Mailbox } from '../../../test/support/mailbox.ts';
import { createSignedInPerson } from '../../../test/support/people.ts';
import { pick } from '../../../test/support/pick.ts';
import { problem } from '../../../test/support/responses.ts';
import { PasswordMailService } from '../src/access/password-reset/password-mail.service.ts';
import { AlertService } from '../src/alerts/alert.service.ts';
import { isSmtpUrl, parseSmtpUrl } from '../src/mail/mail-options.ts';
import { Mailer } from '../src/mail/mailer.ts';

const FROM = 'stockroom@example.com';
const mailbox = new Mailbox();
let api: TestApi;
let other: TestApi;
let mail: { url: string; from: string };

beforeAll(async () => {
  mail = { url: await mailbox.start(), from: FROM };
  const database = await createTestDatabase();
  api = await startApi(database, { mail });
  other = await startApi({ ...database, drop: () => Promise.resolve() }, { mail });
  await api.admin.post('/locations', { code: 'MAIN', name: 'Main' });
});
afterAll(async () => {
  await other.close();
  await api.close();
  await mailbox.stop();
});
beforeEach(async () => {
  mailbox.reset();
  await api.database.query(sql`DELETE FROM alert_subscription`);
});

/** What housekeeping does every 15 s, on both tasks at once. */
const work = () => Promise.all([api, other].map(({ app }) => app.get(AlertService).work()));
const pauseOver = () => api.database.query(sql`UPDATE alert_subscription SET next_at = now() - interval '1 second'`);

/** A person who is told of these. What was low or failed before is told with it, and cleared here. */
async function createSubscriber(alerts: string[], role: 'viewer' | 'admin' = 'viewer') {
  const person = await createSignedInPerson(api, role);
  await api.database.query(sql`UPDATE user_account SET email = lower(email) WHERE id = ${person.id}`);
  expect((await person.client.patch('/account', { alerts })).body.alerts).toEqual(alerts);
  await work();
  mailbox.mails.length = 0;
  await pauseOver();
  return { ...person, email: person.email.toLowerCase() };
}

let items = 0;
/** An item with 10 in stock, which is low at 5. */
async function createItem(name = 'Mug'): Promise<string> {
  const sku = `ITEM-${++items}`;
  await api.admin.post('/items', { sku, name, reorderPoint: 5 });
  await move(sku, 'receipt', 10);
  return sku;
}
const move = async (sku: string, type: 'receipt' | 'issue', quantity: number) => {
  const lines = [{ item: { sku }, location: { code: 'MAIN' }, quantity }];
  expect((await api.admin.post('/movements', { type, lines })).status).toBe(201);
};

describe('alerts by mail', () => {
  it('are chosen by each person for themselves', async () => {
    const { client } = await createSignedInPerson(api, 'viewer');
    const shown = async () => pick((await client.get('/account')).body, 'alerts', 'sendsMail');
    expect(await shown()).toEqual({ alerts: [], sendsMail: true });
    const changed = await client.patch('/account', { alerts: ['low-stock', 'import-failed'] }, { 'if-match': '"1"' });
    expect(pick(changed.body, 'alerts', 'version')).toEqual({ alerts: ['low-stock', 'import-failed'], version: 2 });
    const stale = await client.patch('/account', { alerts: [] }, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    expect(await shown()).toEqual({ alerts: ['low-stock', 'import-failed'], sendsMail: true });
    expect(await client.patch('/account', { alerts: ['nonsense'] })).toEqual(
      problem('invalid-fields', { errors: [expect.objectContaining({ pointer: '/alerts' })] }),
    );
    await client.patch('/account', { alerts: [] });
    expect(await shown()).toEqual({ alerts: [], sendsMail: true });
  });

  it('tell once of an item that is low, then of one that is out, and again after it was back', async () => {
    const { email } = await createSubscriber(['low-stock', 'out-of-stock']);
    const sku = await createItem('Café');
    const told = async () => {
      await pauseOver();
      await work();
      return mailbox.mails.splice(0).map(({ text }) => text.split('\n').slice(0, 2));
    };
    expect(await told()).toEqual([]);
    await move(sku, 'issue', 6);
    await work();
    const [first] = mailbox.mails.splice(0);
    expect(pick(first!, 'from', 'to')).toEqual({ from: FROM, to: [email] });
    expect(pick(first!.headers, 'from', 'to', 'subject')).toEqual({ from: FROM, to: email, subject: 'Stockroom: 1 alert' }); // prettier-ignore
    expect(await told()).toEqual([]);
    await move(sku, 'issue', 4);
    expect(await told()).toEqual([['Out of stock (1)', expect.stringMatching(`^- ${sku}, .*: 0 available, reorder`)]]);
    await move(sku, 'receipt', 3);
    expect(await told()).toEqual([]);
    await move(sku, 'receipt', 30);
    expect(await told()).toEqual([]);
    await move(sku, 'issue', 29);
    expect(await told()).toEqual([['Low stock (1)', expect.stringMatching(`^- ${sku}, .*: 4 available, reorder`)]]);
  });

  it('are one mail for 1,000 items that go low, and for what follows within 15 minutes none', async () => {
    await createSubscriber(['low-stock']);
    await api.database.query(sql`
      INSERT INTO item (sku, name, unit, reorder_point) SELECT 'STORM-' || lpad(n::text, 4, '0'), 'Mug', 'each', 5 FROM generate_series(1, 1000) n`);
    await api.database.query(sql`
      INSERT INTO stock_level (item_id, location_id, on_hand) SELECT item.id, location.id, 3 FROM item, location WHERE sku LIKE 'STORM-%'`);
    await work();
    expect(mailbox.mails.map(({ headers }) => headers.subject)).toEqual(['Stockroom: 1000 alerts']);
    const lines = mailbox.mails[0]!.text.split('\n');
    expect([lines[0], lines.length, lines[21]]).toEqual(['Low stock (1000)', 24, '- and 980 more']);
    const sku = await createItem();
    await move(sku, 'issue', 6);
    await work();
    await work();
    expect(mailbox.mails).toHaveLength(1);
    await pauseOver();
    await work();
    expect(mailbox.mails.map(({ headers }) => headers.subject)).toEqual([
      'Stockroom: 1000 alerts',
      'Stockroom: 1 alert',
    ]);
  });

  it('are sent later where the server refuses them or cannot be reached', async () => {
    await createSubscriber(['low-stock']);
    await move(await createItem(), 'issue', 6);
    mailbox.isRefusing = true;
    await work();
    mailbox.isRefusing = false;
    await work();
    expect(mailbox.mails).toEqual([]);
    await pauseOver();
    await work();
    expect(mailbox.mails).toHaveLength(1);
  });

  it('tell of a reservation that is about to expire, of a failed import, and of a disabled webhook, which only admins hear of', async () => {
    const kinds = ['reservation-expiring', 'import-failed', 'webhook-disabled'];
    const admin = await createSubscriber(kinds, 'admin');
    const viewer = await createSubscriber(kinds);
    await api.database.query(sql`
      INSERT INTO reservation (reference, created_at, expires_at, actor_id) VALUES
        ('order 7', now() - interval '2 hours', now() + interval '30 minutes', ${admin.id}),
        ('a basket', now(), now() + interval '15 minutes', ${admin.id}),
        ('next week', now(), now() + interval '7 days', ${admin.id})`);
    await api.database.query(sql`
      INSERT INTO import (id, file_id, mode, state, dry_run, file_name, finished_at, actor_id)
      SELECT id, id, 'upsert', 'failed', false, 'mugs.csv', now(), ${admin.id} FROM uuidv7() AS id`);
    await api.database.query(sql`
      INSERT INTO webhook (id, url, description, secret, enabled, disabled_reason) VALUES (uuidv7(), 'https://example.com', 'Till', '', false, 'failing')`);
    await work();
    const byPerson = Object.fromEntries(mailbox.mails.map(({ to, text }) => [to[0], text.split('\n\n').slice(0, -1)]));
    const both = ['Imports that failed (1)\n- mugs.csv', expect.stringMatching(/^Reservations that .* \(1\)\n- order 7, until 20.* UTC$/)]; // prettier-ignore
    expect(byPerson).toEqual({
      [viewer.email]: both,
      [admin.email]: [...both, 'Webhooks that were disabled (1)\n- Till'],
    });
    await pauseOver();
    await work();
    expect(mailbox.mails).toHaveLength(2);
  });
});

it('without PUBLIC_URL there is no link for a forgotten password, and a changed one is told of all the same', async () => {
  const { id, email } = await createSignedInPerson(api);
  expect(await api.anonymous.post('/password-resets', { email })).toEqual(problem('mail-is-off'));
  await api.admin.patch(`/users/${id}`, { password: 'four plates under a lamp' });
  await api.app.get(PasswordMailService).work();
  expect(mailbox.mails.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^The password of your account of Stockroom was changed, on [-\d]{10} [\d:]{5} UTC\.\n\nIf/),
  ]);
});

describe('sending mail', () => {
  const to = 'sam@example.com';
  const send = (url: string, more = {}) =>
    new Mailer({ url, from: FROM }).send({ to, subject: 'Hello', text: 'A line', ...more });

  it('takes what a server answers without repeating it', async () => {
    const withPassword = (password: string) => mail.url.replace('//', `//sam:${password}@`);
    await expect(send(withPassword('right'))).resolves.toBeUndefined();
    await expect(send(withPassword('wrong'))).rejects.toThrow(/^EAUTH, answered with 535$/);
  });

  it('gives up on a server that is not there', async () => {
    const port = await freePort();
    await expect(send(`smtp://127.0.0.1:${port}`)).rejects.toThrow(/^(ECONNREFUSED|ESOCKET|ECONNECTION)$/);
  });

  it.each([{ to: 'sam@example.com\r\nBcc: mallory@example.com' }, { subject: 'Hello\nBcc: mallory@example.com' }])(
    'refuses %j, which would begin another header field',
    async (more) => {
      await expect(send(mail.url, more)).rejects.toThrow('a header field would have a line break');
      expect(mailbox.mails).toEqual([]);
    },
  );

  it.each([
    ['smtps://sam:p%40ss@mail.example.com', { host: 'mail.example.com', port: 465, secure: true, requireTLS: false, auth: { user: 'sam', pass: 'p@ss' } }],
    ['smtp://mail.example.com:2525', { host: 'mail.example.com', port: 2525, secure: false, requireTLS: true }],
    ['smtp://127.0.0.9', { host: '127.0.0.9', port: 587, secure: false, requireTLS: false }],
    ['smtp://[::1]', { host: '::1', port: 587, secure: false, requireTLS: false }],
    ['smtp://127.0.0.1.example.com', { host: '127.0.0.1.example.com', port: 587, secure: false, requireTLS: true }],
  ])('reads %s, with TLS unless it stays on this machine', (url, options) => expect(parseSmtpUrl(url)).toEqual(options)); // prettier-ignore

  it.each(['mail.example.com', 'http://mail.example.com', 'smtp://', 'smtp://a?tls=off', 'smtp://a/b', 'smtp://%ZZ@a', 7])(
    'takes %j for no URL',
    (url) => expect(isSmtpUrl(url)).toBe(false),
  ); // prettier-ignore
});
