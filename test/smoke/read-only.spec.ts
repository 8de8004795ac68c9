import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Client } from '../support/client.ts';
import { checkInstances, checkPublicUrl } from './support/checks.ts';
import { Routes } from './support/routes.ts';
import { type Target, target } from './support/target.ts';
import { pick } from '../support/pick.ts';

/* A running system as a viewer sees it: for production, where the suite must not write what people then read. */
jest.setTimeout(120_000);

let there: Target;
let routes: Routes;
beforeAll(async () => {
  there = await target('viewer');
  routes = new Routes(there.url);
});
afterAll(async () => {
  await there.close();
});

checkPublicUrl(() => there);

it('signs a program in as a viewer', async () => {
  const signIn = { email: there.email, password: there.password };
  const { body: session } = await routes.call('POST /api/v1/sessions', { body: signIn });
  routes.signedInWith(session.accessToken);
  const { body } = await routes.call('GET /api/v1/sessions/current');
  expect(pick(body.user, 'email', 'role')).toEqual({ email: there.email, role: 'viewer' });
});

it('refuses the viewer a write', async () => {
  const name = `SMOKE-${randomUUID().slice(0, 8)}`;
  const client = new Client(there.url, routes.token);
  const { status, body } = await client.post('/items', { sku: name, name });
  expect({ status, type: body.type }).toEqual({ status: 403, type: '/api/problems/forbidden' });
});

it.each([
  'GET /api/v1/items',
  'GET /api/v1/locations',
  'GET /api/v1/stock',
  'GET /api/v1/movements',
  'GET /api/v1/reservations',
  'GET /api/v1/imports',
  'GET /api/v1/events',
])('lists %s', async (route) => {
  const { body } = await routes.call(route, { query: { limit: '1' } });
  expect(body.items.length).toBeLessThanOrEqual(1);
});

it('exports and reports', async () => {
  expect(await routes.beginning('GET /api/v1/exports/items.csv')).toMatch(/^\W?sku,/);
  expect((await routes.call('GET /api/v1/reports/summary')).body.movementsPerDay).toHaveLength(30);
  expect((await routes.call('GET /api/v1/reports/valuation')).status).toBe(200);
  expect((await routes.call('GET /api/v1/reports/low-stock')).status).toBe(200);
});

checkInstances(
  () => there,
  () => routes,
);

it('signs out', async () => {
  expect((await routes.call('DELETE /api/v1/sessions/current')).status).toBe(204);
});
