import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { type Role, roles } from '#contracts';
import { createHttpApp, createLogger, Metrics } from '#service';
import { AppModule } from '../../src/app.module.ts';
import { clientOf, SIGNING_KEY, startApi, type TestApi } from '../../../../test/support/api.ts';
import { routesOf } from './routes.ts';
import { pick } from '../../../../test/support/pick.ts';

/** Every route there is, and the lowest role that may call it. A new route wants a new line. */
const table: Record<string, Role | 'public'> = {
  'GET /health': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /version': 'public',
  'GET /api/openapi.json': 'public',
  'GET /api/problems/:kind': 'public',

  'POST /api/v1/sessions': 'public',
  'POST /api/v1/sessions/refresh': 'public',
  'GET /api/v1/sessions/current': 'viewer',
  'DELETE /api/v1/sessions/current': 'viewer',

  'GET /api/v1/caller': 'viewer',
  'POST /api/v1/password-resets': 'public',
  'POST /api/v1/password-resets/confirm': 'public',

  'GET /api/v1/account': 'viewer',
  'PATCH /api/v1/account': 'viewer',
  'POST /api/v1/account/password': 'viewer',
  'POST /api/v1/account/totp': 'viewer',
  'POST /api/v1/account/totp/confirm': 'viewer',
  'POST /api/v1/account/totp/disable': 'viewer',
  'GET /api/v1/account/sessions': 'viewer',
  'DELETE /api/v1/account/sessions/:id': 'viewer',

  'GET /api/v1/users': 'admin',
  'POST /api/v1/users': 'admin',
  'GET /api/v1/users/:id': 'admin',
  'PATCH /api/v1/users/:id': 'admin',
  'DELETE /api/v1/users/:id': 'admin',
  'DELETE /api/v1/users/:id/totp': 'admin',
  'GET /api/v1/api-keys': 'admin',
  'POST /api/v1/api-keys': 'admin',
  'DELETE /api/v1/api-keys/:id': 'admin',

  'GET /api/v1/items': 'viewer',
  'POST /api/v1/items': 'operator',
  'PATCH /api/v1/items': 'operator',
  'GET /api/v1/items/facets': 'viewer',
  'GET /api/v1/items/:id': 'viewer',
  'PATCH /api/v1/items/:id': 'operator',
  'DELETE /api/v1/items/:id': 'operator',
  'GET /api/v1/items/:id/photo': 'viewer',
  'PUT /api/v1/items/:id/photo': 'operator',
  'DELETE /api/v1/items/:id/photo': 'operator',
  'GET /api/v1/locations': 'viewer',
  'POST /api/v1/locations': 'operator',
  'GET /api/v1/locations/:id': 'viewer',
  'PATCH /api/v1/locations/:id': 'operator',
  'DELETE /api/v1/locations/:id': 'operator',

  'GET /api/v1/stock': 'viewer',
  'POST /api/v1/availability': 'viewer',
  'GET /api/v1/movements': 'viewer',
  'POST /api/v1/movements': 'operator',
  'GET /api/v1/movements/:id': 'viewer',
  'POST /api/v1/movements/:id/reverse': 'operator',
  'GET /api/v1/reservations': 'viewer',
  'POST /api/v1/reservations': 'operator',
  'GET /api/v1/reservations/:id': 'viewer',
  'PATCH /api/v1/reservations/:id': 'operator',
  'POST /api/v1/reservations/:id/commit': 'operator',
  'POST /api/v1/reservations/:id/release': 'operator',

  'GET /api/v1/imports': 'viewer',
  'POST /api/v1/imports': 'operator',
  'GET /api/v1/imports/mapping': 'viewer',
  'GET /api/v1/imports/:id': 'viewer',
  'GET /api/v1/imports/:id/errors': 'viewer',
  'GET /api/v1/imports/:id/failed-rows': 'viewer',
  'GET /api/v1/imports/:id/failed.csv': 'viewer',
  'POST /api/v1/imports/:id/rerun': 'operator',
  'POST /api/v1/imports/:id/cancel': 'operator',
  'POST /api/v1/imports/:id/undo': 'operator',
  'GET /api/v1/exports/items.csv': 'viewer',
  'GET /api/v1/exports/stock.csv': 'viewer',
  'GET /api/v1/exports/movements.csv': 'viewer',
  'GET /api/v1/exports/audit.csv': 'admin',
  'GET /api/v1/reports/summary': 'viewer',
  'GET /api/v1/reports/low-stock': 'viewer',
  'GET /api/v1/reports/valuation': 'viewer',
  'GET /api/v1/reports/history': 'viewer',
  'GET /api/v1/events': 'viewer',

  'GET /api/v1/webhooks': 'admin',
  'POST /api/v1/webhooks': 'admin',
  'GET /api/v1/webhooks/:id': 'admin',
  'PATCH /api/v1/webhooks/:id': 'admin',
  'DELETE /api/v1/webhooks/:id': 'admin',
  'POST /api/v1/webhooks/:id/secret': 'admin',
  'POST /api/v1/webhooks/:id/test': 'admin',
  'GET /api/v1/webhooks/:id/deliveries': 'admin',
  'POST /api/v1/webhooks/:id/deliveries/:deliveryId/redeliver': 'admin',
  'GET /api/v1/audit': 'viewer',
};

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** The status of a request with nothing in it, by a person of this role who has just signed in. */
async function statusFor(role: Role | 'anonymous', route: string): Promise<number> {
  const client = role === 'anonymous' ? api.anonymous : await clientOf(api.app, api.url, role);
  const [method, path] = route.split(' ') as [string, string];
  return (
    await client.send(method, path.replace(/:(id|deliveryId)\b/g, () => randomUUID()).replace(':kind', 'conflict'))
  ).status;
}

const callable = Object.entries(table).map(([route, needed]) => ({ route, needed }));

describe('a route is open to the roles that suffice, and to no others:', () => {
  it.each(callable.filter(({ needed }) => needed !== 'public'))('$route: $needed', async ({ route, needed }) => {
    expect(await statusFor('anonymous', route)).toBe(401);
    for (const role of roles) {
      const suffices = roles.indexOf(role) >= roles.indexOf(needed as Role);
      const status = await statusFor(role, route);
      expect({ role, refused: status === 401 || status === 403, status }).toEqual({
        role,
        refused: !suffices,
        status: suffices ? expect.any(Number) : 403,
      });
    }
  });

  it.each(callable.filter(({ needed }) => needed === 'public'))('$route: every caller', async ({ route }) => {
    expect([200, 422]).toContain(await statusFor('anonymous', route));
  });
});

it('names the role that is needed in a refusal', async () => {
  expect(pick((await api.viewer.post('/items', {})).body, 'type', 'detail')).toEqual({
    type: '/api/problems/forbidden',
    detail: 'This needs the role operator; you are viewer.',
  });
});

it('keeps a route that names no role shut, for admins too', async () => {
  @Controller('forgotten')
  class Forgotten {
    @Get()
    read() {
      return '{}';
    }
  }
  @Module({})
  class Whole {}
  const settings = { signingKey: SIGNING_KEY, version: { version: '0', commit: '0' }, currency: 'USD' };
  const app = await createHttpApp(
    {
      module: Whole,
      imports: [AppModule.forRoot({ ...settings, database: api.options })],
      controllers: [Forgotten],
    },
    { logger: createLogger({ name: 'api', level: 'silent', readable: false }), metrics: new Metrics('api') },
  );
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const reply = await fetch(`${url}/forgotten`, { headers: { authorization: `Bearer ${api.admin.token}` } });
  await app.close();
  expect(reply.status).toBe(403);
});

it('has a line above for every route, and a route for every line', () => {
  const routes = routesOf(api.app).filter((route) => !route.includes(' /api/docs'));
  expect(routes.sort()).toEqual(Object.keys(table).sort());
});
