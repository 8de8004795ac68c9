import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql, { raw } from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { asOwner, createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { createSignedInPerson, PASSWORD } from '../../../../test/support/people.ts';
import { ended, load } from '../imports/support.ts';

let testDatabase: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  api = await startApi(testDatabase, { trustedHops: 1 });
});
afterAll(() => api.close());

const ADDRESS = '203.0.113.7';
const LOCAL = '127.0.0.1';
const ID = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;
const TIME = expect.stringMatching(/^20.*\+00:00$/) as unknown;
const ADMIN = { id: ID, kind: 'user', name: 'Test admin' };
const OPERATOR = { id: ID, kind: 'user', name: 'Test operator' };
/** What each entry of a person's request has beside its change. */
const common = (createdBy: unknown) => ({ id: ID, createdAt: TIME, createdBy, sessionId: ID, address: LOCAL, importId: null }); // prettier-ignore

type Pairs = Record<string, [from: unknown, to: unknown]>;
const changes = (fields: Pairs) => Object.entries(fields).map(([field, [from, to]]) => ({ field, from, to }));

/** The entries of one subject, the oldest first. */
const historyOf = async (subjectId: string): Promise<unknown[]> =>
  (await api.admin.get(`/audit?subjectId=${subjectId}&sort=createdAt`)).body.items;
const count = async () => (await api.database.one<{ count: number }>(sql`SELECT count(*)::int FROM audit_entry`)).count;
const made = async (client: Client, path: string, body: object): Promise<string> =>
  (await client.post(path, body)).body.id as string;

/** From behind a proxy, whose address is the one that matters. */
const forwarded = { 'x-forwarded-for': ADDRESS };

describe('the audit has one entry for each change, with the fields that differ,', () => {
  it('of an item', async () => {
    const { body } = await api.operator.post('/items', { sku: 'AUDIT', name: 'Mug', unitCost: 450 }, forwarded);
    const id = body.id as string;
    await api.operator.patch(`/items/${id}`, {
      name: 'Big mug',
      unitCost: null,
      attributes: { colour: 'blue', size: 'L' },
    });
    await api.operator.patch(`/items/${id}`, { attributes: { colour: 'red', size: 'L' } });
    await api.operator.patch('/items', { items: [{ id, category: 'Mugs', reorderPoint: 5 }] });
    await api.operator.delete(`/items/${id}`);
    await api.operator.patch(`/items/${id}`, { archived: false, sku: 'AUDIT-2' });
    const entry = { ...common(OPERATOR), subject: { kind: 'item', id, name: 'AUDIT-2' } };
    expect(await historyOf(id)).toEqual([
      { ...entry, address: ADDRESS, action: 'created', changes: changes({ sku: [null, 'AUDIT'], name: [null, 'Mug'], unit: [null, 'each'], unitCost: [null, 450] }) },
      { ...entry, action: 'updated', changes: changes({ name: ['Mug', 'Big mug'], unitCost: [450, null], attributes: [{}, { colour: 'blue', size: 'L' }] }) },
      { ...entry, action: 'updated', changes: changes({ attributes: [{ colour: 'blue' }, { colour: 'red' }] }) },
      { ...entry, action: 'updated', changes: changes({ category: [null, 'Mugs'], reorderPoint: [null, 5] }) },
      { ...entry, action: 'archived', changes: [] },
      { ...entry, action: 'restored', changes: changes({ sku: ['AUDIT', 'AUDIT-2'] }) },
    ]); // prettier-ignore
  });

  it('of a location', async () => {
    const id = await made(api.operator, '/locations', { code: 'SHOP', name: 'Shop' });
    await api.operator.patch(`/locations/${id}`, { name: 'The shop' });
    await api.operator.delete(`/locations/${id}`);
    await api.operator.patch(`/locations/${id}`, { archived: false });
    const entry = { ...common(OPERATOR), subject: { kind: 'location', id, name: 'SHOP' } };
    expect(await historyOf(id)).toEqual([
      { ...entry, action: 'created', changes: changes({ code: [null, 'SHOP'], name: [null, 'Shop'] }) },
      { ...entry, action: 'updated', changes: changes({ name: ['Shop', 'The shop'] }) },
      { ...entry, action: 'archived', changes: [] },
      { ...entry, action: 'restored', changes: [] },
    ]);
  });

  it('of a person; of their password only that it changed', async () => {
    const person = { email: 'sam@example.com', name: 'Sam', role: 'viewer', password: PASSWORD };
    const id = await made(api.admin, '/users', person);
    await api.admin.patch(`/users/${id}`, { name: 'Sam C.', role: 'operator' });
    await api.admin.patch(`/users/${id}`, { password: 'four plates under a lamp', email: 'sc@example.com' });
    await api.admin.delete(`/users/${id}`);
    const entry = { ...common(ADMIN), subject: { kind: 'user', id, name: 'Sam C.' } };
    expect(await historyOf(id)).toEqual([
      { ...entry, action: 'created', changes: changes({ name: [null, 'Sam'], role: [null, 'viewer'], email: [null, 'sam@example.com'] }) },
      { ...entry, action: 'updated', changes: changes({ name: ['Sam', 'Sam C.'] }) },
      { ...entry, action: 'updated', changes: changes({ role: ['viewer', 'operator'] }) },
      { ...entry, action: 'updated', changes: changes({ email: ['sam@example.com', 'sc@example.com'], password: [null, null] }) },
      { ...entry, action: 'removed', changes: changes({ name: ['Sam C.', null], role: ['operator', null], email: ['sc@example.com', null] }) },
    ]); // prettier-ignore
  });

  it('of the own account', async () => {
    const { id, client } = await createSignedInPerson(api, 'viewer');
    await client.patch('/account', { name: 'Kim' });
    await client.post('/account/password', { currentPassword: PASSWORD, newPassword: 'four plates under a lamp' });
    const [, ...own] = await historyOf(id);
    const entry = { ...common({ id, kind: 'user', name: 'Kim' }), subject: { kind: 'user', id, name: 'Kim' } };
    expect(own).toEqual([
      { ...entry, action: 'updated', changes: changes({ name: [expect.stringMatching(/^Person/), 'Kim'] }) },
      { ...entry, action: 'updated', changes: changes({ password: [null, null] }) },
    ]);
  });

  it('of a key, which is named by how it begins', async () => {
    const { body } = await api.admin.post('/api-keys', { name: 'Shop', role: 'operator', expiresAt: '2099-01-01T00:00:00Z' }); // prettier-ignore
    const { id, prefix } = body as { id: string; prefix: string };
    await api.admin.delete(`/api-keys/${id}`);
    const entry = { ...common(ADMIN), subject: { kind: 'api-key', id, name: 'Shop' } };
    const end = '2099-01-01T00:00:00+00:00';
    expect(await historyOf(id)).toEqual([
      { ...entry, action: 'created', changes: changes({ name: [null, 'Shop'], role: [null, 'operator'], prefix: [null, prefix], expiresAt: [null, end] }) },
      { ...entry, action: 'removed', changes: changes({ name: ['Shop', null], role: ['operator', null], prefix: [prefix, null], expiresAt: [end, null] }) },
    ]); // prettier-ignore
  });

  it('of a webhook: of its URL what is before the path, of its secret only that it changed', async () => {
    const { body } = await api.admin.post('/webhooks', {
      url: 'https://example.com/hook?token=hidden',
      types: ['item'],
    });
    const id = body.id as string;
    await api.admin.patch(`/webhooks/${id}`, { url: 'https://example.org/other', types: null, enabled: false });
    await api.admin.post(`/webhooks/${id}/secret`, {});
    await api.admin.delete(`/webhooks/${id}`);
    const entry = { ...common(ADMIN), subject: { kind: 'webhook', id, name: 'https://example.org' } };
    expect(await historyOf(id)).toEqual([
      { ...entry, action: 'created', changes: changes({ url: [null, 'https://example.com'], types: [null, 'item'], enabled: [null, true] }) },
      { ...entry, action: 'updated', changes: changes({ url: ['https://example.com', 'https://example.org'], types: ['item', null], enabled: [true, false] }) },
      { ...entry, action: 'updated', changes: changes({ secret: [null, null] }) },
      { ...entry, action: 'removed', changes: changes({ url: ['https://example.org', null], enabled: [false, null] }) },
    ]); // prettier-ignore
  });

  it('by a key, which has no session', async () => {
    const { body } = await api.admin.post('/api-keys', { name: 'Robot', role: 'operator' });
    const id = await made(new Client(api.url, body.key as string), '/locations', { code: 'ROBOT', name: 'Robot' });
    const createdBy = { id: body.id as string, kind: 'api-key', name: 'Robot' };
    expect(await historyOf(id)).toEqual([
      { ...common(createdBy), sessionId: null, subject: { kind: 'location', id, name: 'ROBOT' }, action: 'created', changes: changes({ code: [null, 'ROBOT'], name: [null, 'Robot'] }) },
    ]); // prettier-ignore
  });
});

describe('an import', () => {
  it('has an entry, and so has each item that it changes, none that it creates; an undo is by the person who asked for it', async () => {
    const id = await made(api.operator, '/items', { sku: 'IMP-1', name: 'Old name' });
    const before = await count();
    const job = await load(
      api.operator,
      'sku,name\nIMP-1,New name\nIMP-2,Another\n',
      '?stock=ignore&fileName=mugs.csv',
    );
    expect(await count()).toBe(before + 2);
    await api.admin.post(`/imports/${job.id}/undo`);
    await ended(api.admin, job.id as string);
    const { body } = await api.operator.get('/items?sku=IMP-2&archived=true');
    const ofItem = { ...common(OPERATOR), sessionId: null, address: null, importId: job.id as string };
    const subject = { kind: 'item', id, name: 'IMP-1' };
    expect((await historyOf(id)).slice(1)).toEqual([
      { ...ofItem, subject, action: 'updated', changes: changes({ name: ['Old name', 'New name'] }) },
      { ...ofItem, createdBy: ADMIN, subject, action: 'updated', changes: changes({ name: ['New name', 'Old name'] }) },
    ]);
    const created = body.items[0].id as string;
    expect(await historyOf(created)).toEqual([
      { ...ofItem, createdBy: ADMIN, subject: { kind: 'item', id: created, name: 'IMP-2' }, action: 'archived', changes: [] },
    ]); // prettier-ignore
    const ofImport = { ...common(OPERATOR), subject: { kind: 'import', id: job.id as string, name: 'mugs.csv' } };
    expect(await historyOf(job.id as string)).toEqual([
      { ...ofImport, action: 'created', changes: changes({ mode: [null, 'upsert'], stock: [null, 'ignore'], fileName: [null, 'mugs.csv'] }) },
      { ...ofImport, createdBy: ADMIN, action: 'updated', changes: changes({ state: ['done', 'undoing'] }) },
    ]); // prettier-ignore
  });

  it('that is a dry run has none', async () => {
    const before = await count();
    await load(api.operator, 'sku,name\nDRY-1,Dry\n', '?dryRun=true');
    expect(await count()).toBe(before);
  });
});

describe('there is no entry', () => {
  it('of a change that is refused, rolled back or repeated, nor of one that changes nothing', async () => {
    const id = await made(api.operator, '/items', { sku: 'NONE', name: 'None' });
    const other = await made(api.operator, '/items', { sku: 'NONE-2', name: 'None' });
    const post = () => api.operator.post('/locations', { code: 'ONCE', name: 'Once' }, { 'idempotency-key': 'once' });
    await post();
    const before = await count();
    expect((await post()).headers['idempotency-replayed']).toBe('true');
    expect(
      (await api.operator.post('/items', { sku: 'none', name: 'Again' }, { 'idempotency-key': 'no' })).status,
    ).toBe(409);
    expect((await api.operator.patch(`/items/${id}`, { sku: 'NONE-2' })).status).toBe(409);
    expect((await api.operator.patch(`/items/${id}`, { name: 'Late' }, { 'if-match': '"9"' })).status).toBe(412);
    expect((await api.viewer.patch(`/items/${id}`, { name: 'No' })).status).toBe(403);
    expect((await api.operator.patch(`/items/${id}`, { name: 'None' })).status).toBe(200);
    expect((await api.operator.patch('/items', { items: [{ id: other, version: 9, category: 'Late' }] })).status).toBe(
      200,
    );
    const rolledBack = api.database.transaction(async (tx) => {
      await tx.query(sql`UPDATE item SET name = 'Lost' WHERE id = ${id}`);
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    expect(await count()).toBe(before);
  });
});

describe('the database itself', () => {
  it.each(['UPDATE audit_entry SET address = NULL', 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])(
    'refuses to change an entry, to the application by its rights and to the owner by a trigger: %s',
    async (statement) => {
      await expect(api.database.query(sql`${raw(statement)}`)).rejects.toThrow(
        /permission denied for table audit_entry/,
      );
      await expect(asOwner(testDatabase, statement)).rejects.toThrow(/the audit is append-only/);
    },
  );

  it('records a change that is made past the API as one of Stockroom itself', async () => {
    const id = await made(api.operator, '/locations', { code: 'PAST', name: 'Past' });
    await api.database.query(sql`UPDATE location SET name = 'By hand', updated_by = NULL WHERE id = ${id}`);
    const subject = { kind: 'location', id, name: 'PAST' };
    const createdBy = { id: ID, kind: 'system', name: 'Stockroom' };
    expect((await historyOf(id)).slice(1)).toEqual([
      { ...common(createdBy), sessionId: null, address: null, subject, action: 'updated', changes: changes({ name: ['Past', 'By hand'] }) },
    ]); // prettier-ignore
  });
});

it('holds no secret after people, keys and webhooks were made, changed and used', async () => {
  const passwords = ['seven spoons in a drawer', 'eight forks on a table'];
  const [password, newPassword] = passwords as [string, string];
  await api.admin.post('/users', { email: 'secret@example.com', name: 'Secret', role: 'admin', password });
  const { body: session } = await api.anonymous.post('/sessions', { email: 'secret@example.com', password });
  const client = new Client(api.url, session.accessToken as string);
  const { body: key } = await client.post('/api-keys', { name: 'Secret', role: 'viewer' });
  expect((await client.post('/account/password', { currentPassword: password, newPassword })).status).toBe(204);
  const { body: webhook } = await api.admin.post('/webhooks', { url: 'https://example.com/a-token-in-a-path' });
  const rows = await api.database.query<{ text: string }>(sql`SELECT entry::text AS text FROM audit_entry entry`);
  const hashes = await api.database.query<{ hash: string }>(sql`
    SELECT password_hash AS hash FROM user_account UNION SELECT encode(hash, 'hex') FROM api_key UNION SELECT encode(hash, 'hex') FROM refresh_token`);
  const secrets = [...passwords, ...hashes.map(({ hash }) => hash), key.key, session.accessToken, session.refreshToken, session.deviceToken, webhook.secret, 'a-token-in-a-path'] as string[]; // prettier-ignore
  const all = rows.map(({ text }) => text).join('\n');
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  expect(all).toContain((key.key as string).slice(0, 9));
  expect(all).not.toMatch(/argon2/);
});
