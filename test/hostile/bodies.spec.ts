import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import { FaultFinder, isTooLong, send } from './support/faults.ts';
import { hostileBodies } from './support/hostile-bodies.ts';
import { MeasuredApi } from './support/measured-api.ts';
import { type Route, routesOf } from './support/routes.ts';

/** How a body may be refused; 404 where it has no fault that is looked for before the thing itself. */
const REFUSED = [400, 404, 413, 415, 422];

let inside: TestApi;
let api: MeasuredApi;
let routes: Route[];

beforeAll(async () => {
  const database = await createTestDatabase();
  inside = await startApi(database);
  api = await MeasuredApi.start(database.options.url);
  routes = routesOf((await inside.anonymous.get('/api/openapi.json')).body);
  await api.warmUp();
});
afterAll(async () => {
  await api.stop();
  await inside.close();
});

describe('a hostile body', () => {
  it('is refused by every route with a short problem, and never stops the process or its event loop', async () => {
    const finder = new FaultFinder(api, REFUSED);
    const targets = routes.filter(({ method, template }) => method !== 'GET' && template !== '/api/v1/imports');
    expect(targets.length).toBeGreaterThan(20);
    for (const { method, path, isPublic, examples } of targets)
      for (const [name, body] of hostileBodies(examples))
        await finder.try(name, { method, path, ...body }, isPublic ? undefined : inside.admin.token);
    process.stdout.write(finder.summary);
    expect(finder.faults).toEqual([]);
    expect(api.isRunning).toBe(true);
  });

  it('sent 16 times at once without credentials leaves the health check answering', async () => {
    const body = `{${Array.from({ length: 80_000 }, (_, n) => `"key${n}":1`).join(',')}}`;
    const request = { method: 'POST', path: '/api/v1/sessions', headers: { 'content-type': 'application/json' }, body };
    await api.measure();
    const responses = await Promise.all([
      ...Array.from({ length: 16 }, () => send(api.url, request)),
      send(api.url, { method: 'GET', path: '/health/live' }),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([...Array<number>(16).fill(413), 200]);
    expect(isTooLong(await api.measure())).toBe(false);
  });
});
