import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { TOTP } from 'otpauth';
import { Client } from '../support/client.ts';
import { PNG_PIXEL } from '../support/images.ts';
import { until } from '../support/until.ts';
import { checkInstances, checkPublicUrl } from './support/checks.ts';
import { Routes } from './support/routes.ts';
import { type Target, target } from './support/target.ts';
import { pick } from '../support/pick.ts';

/*
 * The whole system through its public URL: every route of the API is called, and what was changed is put
 * back as far as the API can: stock by reversals, the rest by archiving. What it made is called SMOKE- and a random name.
 */
jest.setTimeout(120_000);

let there: Target;
let routes: Routes;
beforeAll(async () => {
  there = await target('admin');
  routes = new Routes(there.url);
});
afterAll(async () => {
  // A suite that failed half-way reverses what it has done so far.
  if (made.item) await undo().catch((error: Error) => process.stderr.write(`Not reversed: ${error.message}\n`));
  await there.close();
});

const name = `SMOKE-${randomUUID().slice(0, 8)}`;
const made: Record<'item' | 'location' | 'movement', string> = { item: '', location: '', movement: '' };
const key = () => ({ 'idempotency-key': randomUUID() });
const line = (quantity: number) => ({ item: made.item, location: made.location, quantity });
const onHand = async (): Promise<number> => {
  const { body } = await routes.call('GET /api/v1/items/{id}', { at: { id: made.item } });
  return body.onHand as number;
};

/** The newest first. */
const movementsOfTheItem = async (): Promise<any[]> =>
  (await routes.call('GET /api/v1/movements', { query: { itemId: made.item } })).body.items;

async function undo(): Promise<void> {
  const { body } = await routes.call('GET /api/v1/reservations', { query: { itemId: made.item } });
  for (const { id, state } of body.items)
    if (state === 'held') await routes.call('POST /api/v1/reservations/{id}/release', { at: { id } });
  for (const { id, type, reversedBy } of await movementsOfTheItem())
    if (type !== 'reversal' && !reversedBy)
      await routes.call('POST /api/v1/movements/{id}/reverse', { at: { id }, body: {}, headers: key() });
}

const ended = async (id: string, states = ['done', 'failed']) =>
  until(`import ${id} is one of ${states.join()}`, async () => {
    const { body } = await routes.call('GET /api/v1/imports/{id}', { at: { id } });
    return states.includes(body.state) && body;
  });

checkPublicUrl(() => there);

it('explains a problem type', async () => {
  const { body } = await routes.call('GET /api/problems/{kind}', { at: { kind: 'not-found' } });
  expect(body.status).toBe(404);
});

it('signs a program in, and keeps it signed in', async () => {
  const signIn = { email: there.email, password: there.password };
  const { body: first } = await routes.call('POST /api/v1/sessions', { body: signIn });
  const refresh = { refreshToken: first.refreshToken };
  const { body: session } = await routes.call('POST /api/v1/sessions/refresh', { body: refresh });
  routes.signedInWith(session.accessToken);
  const { body } = await routes.call('GET /api/v1/sessions/current');
  expect(pick(body.user, 'email', 'role')).toEqual({ email: there.email, role: 'admin' });
});

it('answers a forgotten password, and takes no link that it has not sent', async () => {
  const refusal = (call: Promise<unknown>) => call.then(() => '', ({ message }: Error) => message); // prettier-ignore
  const asked = routes.call('POST /api/v1/password-resets', { body: { email: `${name}@stockroom.example` } });
  // Sent, or mail is off here.
  expect(await refusal(asked)).toMatch(/^$|mail-is-off/);
  const confirm = { token: name, newPassword: randomUUID() };
  expect(await refusal(routes.call('POST /api/v1/password-resets/confirm', { body: confirm }))).toMatch(/answered 404/);
});

it('keeps a catalogue, and tells of each change', async () => {
  const { body: feed } = await routes.call('GET /api/v1/events', { query: { after: 'latest' } });
  made.location = (await routes.call('POST /api/v1/locations', { body: { code: name, name } })).body.id;
  made.item = (await routes.call('POST /api/v1/items', { body: { sku: name, name } })).body.id;
  const [item, location] = [{ id: made.item }, { id: made.location }];
  const renamed = { name: `${name}, renamed` };
  expect((await routes.call('PATCH /api/v1/items/{id}', { at: item, body: renamed })).body.name).toBe(renamed.name);
  const { body: changed } = await routes.call('PATCH /api/v1/locations/{id}', { at: location, body: renamed });
  expect(changed.name).toBe(renamed.name);
  expect((await routes.call('GET /api/v1/locations/{id}', { at: location })).body).toEqual(changed);
  const many = { items: [{ id: made.item, category: name }] };
  const { body: bulk } = await routes.call('PATCH /api/v1/items', { body: many });
  expect(bulk.items.map(({ item, reason }: any) => [item.category, reason])).toEqual([[name, null]]);
  const { body: told } = await routes.call('GET /api/v1/events', { query: { after: feed.nextCursor, types: 'item' } });
  const ours = (told.items as { type: string; resourceId: string }[]).filter(
    ({ resourceId }) => resourceId === made.item,
  );
  expect(ours.map(({ type }) => type)).toEqual(['item.created', 'item.updated', 'item.updated']);
  const { body: audit } = await routes.call('GET /api/v1/audit', { query: { subjectId: made.item, limit: '1' } });
  expect(audit.items[0].changes).toEqual([{ field: 'category', from: null, to: name }]);
  expect((await routes.call('GET /api/v1/items', { query: { sku: name } })).body.items).toHaveLength(1);
  expect((await routes.call('GET /api/v1/locations', { query: { code: name } })).body.items).toHaveLength(1);
  const { body: facets } = await routes.call('GET /api/v1/items/facets', { query: { consistency: 'strong' } });
  expect(Object.keys(facets)).toEqual(['categories', 'units', 'attributes']);
});

it('keeps a photo of an item, and lets go of it', async () => {
  const at = { id: made.item };
  const image = { body: PNG_PIXEL, headers: { 'content-type': 'image/png' } };
  const { body: item } = await routes.call('PUT /api/v1/items/{id}/photo', { at, ...image });
  const { headers } = await routes.call('GET /api/v1/items/{id}/photo', {
    at,
    query: { version: item.photo as string },
  });
  expect(headers['content-type']).toBe('image/png');
  await routes.call('DELETE /api/v1/items/{id}/photo', { at });
});

it('books a movement, and puts it back', async () => {
  const receipt = { type: 'receipt', reference: name, lines: [line(5)] };
  made.movement = (await routes.call('POST /api/v1/movements', { body: receipt, headers: key() })).body.id;
  expect(await onHand()).toBe(5);
  expect((await routes.call('GET /api/v1/movements', { query: { reference: name } })).body.items).toHaveLength(1);
  const at = { id: made.movement };
  expect((await routes.call('GET /api/v1/movements/{id}', { at })).body.lines[0].delta).toBe(5);
  await routes.call('POST /api/v1/movements/{id}/reverse', { at, body: {}, headers: key() });
  expect(await onHand()).toBe(0);
});

it('promises stock, hands it out, and takes it back', async () => {
  const receipt = { type: 'receipt', reference: name, lines: [line(2)] };
  const { body: received } = await routes.call('POST /api/v1/movements', { body: receipt, headers: key() });
  const reserve = async () =>
    (await routes.call('POST /api/v1/reservations', { body: { reference: name, lines: [line(1)] }, headers: key() }))
      .body.id as string;
  await routes.call('POST /api/v1/reservations/{id}/release', { at: { id: await reserve() } });
  const at = { id: await reserve() };
  const { body: levels } = await routes.call('GET /api/v1/stock', { query: { itemId: made.item } });
  expect(pick(levels.items[0], 'onHand', 'reserved', 'available')).toEqual({ onHand: 2, reserved: 1, available: 1 });
  const wanted = { items: [{ sku: name }], locations: [made.location] };
  const { body: available } = await routes.call('POST /api/v1/availability', { body: wanted });
  expect(pick(available.items[0], 'onHand', 'reserved', 'available')).toEqual({ onHand: 2, reserved: 1, available: 1 });
  await routes.call('PATCH /api/v1/reservations/{id}', { at, body: { ttlSeconds: 600 } });
  await routes.call('POST /api/v1/reservations/{id}/commit', { at });
  const { body: reservation } = await routes.call('GET /api/v1/reservations/{id}', { at });
  expect(reservation.state).toBe('committed');
  expect((await routes.call('GET /api/v1/reservations', { query: { itemId: made.item } })).body.items).toHaveLength(2);
  for (const id of [reservation.movementId, received.id])
    await routes.call('POST /api/v1/movements/{id}/reverse', { at: { id }, body: {}, headers: key() });
  expect(await onHand()).toBe(0);
});

it('checks a file, imports it corrected, takes the import back, and stops another', async () => {
  const headings = JSON.stringify(['SKU', 'Name']);
  const { body: proposal } = await routes.call('GET /api/v1/imports/mapping', { query: { headings } });
  expect(proposal.columns.map(({ target }: { target: string }) => target)).toEqual(['sku', 'name']);
  const file = (text: string) => ({ body: text, headers: { 'content-type': 'text/csv', ...key() } });
  const post = async (query: Record<string, string>, text: string) =>
    ended((await routes.call('POST /api/v1/imports', { query, ...file(text) })).body.id);
  const checked = await post({ dryRun: 'true' }, `sku,name\n${name}-A,\n`);
  expect(pick(checked, 'state', 'rows', 'failed')).toEqual({ state: 'done', rows: 1, failed: 1 });
  const at = { id: checked.id as string };
  const { body: failed } = await routes.call('GET /api/v1/imports/{id}/failed-rows', { at });
  expect(failed.items.map(({ line }: { line: number }) => line)).toEqual([2]);
  expect((await routes.call('GET /api/v1/imports/{id}/failed.csv', { at })).body).toMatch(`${name}-A,,`);
  expect((await routes.call('GET /api/v1/imports/{id}/errors', { at })).body).toMatch('2,name,');
  const corrections = [{ line: 2, cells: [`${name}-A`, name] }];
  const rerun = await routes.call('POST /api/v1/imports/{id}/rerun', { at, body: { corrections }, headers: key() });
  const imported = await ended(rerun.body.id);
  expect(pick(imported, 'state', 'created', 'failed', 'rerunOf')).toEqual({
    state: 'done',
    created: 1,
    failed: 0,
    rerunOf: at.id,
  });
  await routes.call('POST /api/v1/imports/{id}/undo', { at: { id: imported.id }, headers: key() });
  expect(pick(await ended(imported.id, ['undone']), 'state', 'undone')).toEqual({ state: 'undone', undone: 1 });
  const rows = Array.from({ length: 200_000 }, (_, n) => `${name}-${n},${name}\n`).join('');
  const large = { query: { dryRun: 'true' }, ...file(`sku,name\n${rows}`) };
  const { body: running } = await routes.call('POST /api/v1/imports', large);
  const stopped = await routes.call('POST /api/v1/imports/{id}/cancel', { at: { id: running.id }, headers: key() });
  expect(stopped.body.state).toBe('cancelled');
  await routes.call('GET /api/v1/imports');
});

it('exports and reports', async () => {
  expect(await routes.beginning('GET /api/v1/exports/items.csv')).toMatch(/^\W?sku,/);
  expect(await routes.beginning('GET /api/v1/exports/stock.csv')).toMatch(/\w+,/);
  expect(await routes.beginning('GET /api/v1/exports/movements.csv')).toMatch(/\w+,/);
  expect(await routes.beginning('GET /api/v1/exports/audit.csv')).toMatch(/^id,createdAt,/);
  const query = { itemId: made.item };
  expect((await routes.call('GET /api/v1/reports/history', { query })).body.points.at(-1).last).toBe(0);
  expect((await routes.call('GET /api/v1/reports/summary')).body.movementsPerDay).toHaveLength(30);
  await routes.call('GET /api/v1/reports/low-stock');
  await routes.call('GET /api/v1/reports/valuation');
});

it('keeps people and their keys', async () => {
  const person = { email: `${name}@example.com`.toLowerCase(), name, role: 'viewer', password: randomUUID() };
  const at = { id: (await routes.call('POST /api/v1/users', { body: person })).body.id as string };
  await routes.call('PATCH /api/v1/users/{id}', { at, body: { role: 'operator' } });
  expect((await routes.call('GET /api/v1/users/{id}', { at })).body.role).toBe('operator');
  await routes.call('GET /api/v1/users', { query: { email: person.email } });
  const admin = routes.token!;
  await keepOwnAccount(person).finally(() => routes.signedInWith(admin));
  await routes.call('DELETE /api/v1/users/{id}/totp', { at });
  await routes.call('DELETE /api/v1/users/{id}', { at });
  expect((await routes.call('GET /api/v1/caller')).body.role).toBe('admin');
  const { body: made } = await routes.call('POST /api/v1/api-keys', { body: { name, role: 'viewer' } });
  expect((await new Client(there.url, made.key).get('/reports/summary')).status).toBe(200);
  await routes.call('GET /api/v1/api-keys');
  await routes.call('DELETE /api/v1/api-keys/{id}', { at: { id: made.id } });
});

it('keeps webhooks', async () => {
  // A receiver that cannot be reached: the name is reserved (RFC 6761).
  const body = { url: `https://${name.toLowerCase()}.invalid/`, types: ['import'], description: name, enabled: false };
  const at = { id: (await routes.call('POST /api/v1/webhooks', { body, headers: key() })).body.id as string };
  const renamed = { description: `${name}, renamed` };
  await routes.call('PATCH /api/v1/webhooks/{id}', { at, body: renamed });
  expect(pick((await routes.call('GET /api/v1/webhooks/{id}', { at })).body, 'description')).toEqual(renamed);
  await routes.call('GET /api/v1/webhooks');
  expect((await routes.call('POST /api/v1/webhooks/{id}/secret', { at, headers: key() })).body.secret).toMatch(
    /^whsec_/,
  );
  const { body: test } = await routes.call('POST /api/v1/webhooks/{id}/test', { at, headers: key() });
  const again = { id: at.id, deliveryId: test.id as string };
  await routes.call('POST /api/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver', { at: again, headers: key() });
  const log = await until('both deliveries have failed', async () => {
    const { items } = (await routes.call('GET /api/v1/webhooks/{id}/deliveries', { at })).body;
    return items.every(({ state }: { state: string }) => state === 'failed') && items;
  });
  expect(log.map((one: any) => pick(one, 'trigger', 'status'))).toEqual([
    { trigger: 'redelivery', status: null },
    { trigger: 'test', status: null },
  ]);
  await routes.call('DELETE /api/v1/webhooks/{id}', { at });
});

/** What a person may do with their own account. */
async function keepOwnAccount({ email, password }: { email: string; password: string }): Promise<void> {
  const signIn = async () =>
    (await routes.call('POST /api/v1/sessions', { body: { email, password } })).body.accessToken;
  await signIn();
  routes.signedInWith(await signIn());
  const renamed = { name: `${name}, renamed` };
  expect((await routes.call('PATCH /api/v1/account', { body: renamed })).body.name).toBe(renamed.name);
  expect(pick((await routes.call('GET /api/v1/account')).body, 'email', 'name')).toEqual({ email, ...renamed });
  const sessions = async () => (await routes.call('GET /api/v1/account/sessions')).body.items as { id: string; isCurrent: boolean }[]; // prettier-ignore
  const other = (await sessions()).find(({ isCurrent }) => !isCurrent)!;
  await routes.call('DELETE /api/v1/account/sessions/{id}', { at: { id: other.id } });
  expect(await sessions()).toHaveLength(1);
  await turnTwoFactorOn(password);
  await routes.call('POST /api/v1/account/totp/disable', { body: { currentPassword: password } });
  await turnTwoFactorOn(password);
  const passwords = { currentPassword: password, newPassword: randomUUID() };
  await routes.call('POST /api/v1/account/password', { body: passwords });
}

async function turnTwoFactorOn(password: string): Promise<void> {
  const { secret } = (await routes.call('POST /api/v1/account/totp', { body: { currentPassword: password } })).body;
  const code = new TOTP({ secret }).generate();
  const { recoveryCodes } = (await routes.call('POST /api/v1/account/totp/confirm', { body: { code } })).body;
  expect(recoveryCodes).toHaveLength(10);
}

checkInstances(
  () => there,
  () => routes,
);

it('leaves no movement in the ledger that is not named after the suite and reversed', async () => {
  const movements = await movementsOfTheItem();
  const open = movements.filter(({ type, reversedBy }) => type !== 'reversal' && !reversedBy);
  expect({ count: movements.length, open }).toEqual({ count: 6, open: [] });
  for (const { type, reference } of movements) if (type !== 'reversal') expect(reference).toBe(name);
});

it('leaves nothing behind that can be put away', async () => {
  await routes.call('DELETE /api/v1/items/{id}', { at: { id: made.item } });
  await routes.call('DELETE /api/v1/locations/{id}', { at: { id: made.location } });
  await routes.call('DELETE /api/v1/sessions/current');
  made.item = '';
});

it('has called every route that the OpenAPI document names, and no other', async () => {
  const { body } = await new Client(there.url).get('/api/openapi.json');
  const documented = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect([...routes.called].sort()).toEqual(documented.sort());
});
