import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ImportWorker } from '../../apps/api/src/imports/jobs/import.worker.ts';
import { contentsOf } from '../../apps/api/test/support/contents.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import { FaultFinder, isTooLong, send } from './support/faults.ts';
import { hostileBodies } from './support/hostile-bodies.ts';
import { hostileFiles } from './support/hostile-files.ts';
import { hostileHeaders } from './support/hostile-headers.ts';
import { hostilePathValues } from './support/hostile-paths.ts';
import { queriesWith, undeclaredQueries } from './support/hostile-queries.ts';
import { MeasuredApi } from './support/measured-api.ts';
import { PLACEHOLDER, type Route, routesOf } from './support/routes.ts';

/** How a request may be refused; 404 where it has no fault that is looked for before the thing itself. */
const REFUSED = [400, 404, 413, 415, 422];
/** Of a query or a path alone. */
const MALFORMED = [400, 414, 431];
/** Requests that cost little by themselves are measured together. */
const MEASURE_EVERY = 25;

let inside: TestApi;
let api: MeasuredApi;
let routes: Route[];
let before: string;
/** It has no account: the caller's own account would be changed by what is refused elsewhere. */
let apiKey: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  inside = await startApi(database);
  // The measured API runs the imports.
  await inside.app.get(ImportWorker).beforeApplicationShutdown();
  api = await MeasuredApi.start(database.options.url);
  apiKey = (await inside.admin.post('/api-keys', { name: 'Hostile', role: 'admin' })).body.key;
  routes = routesOf((await inside.anonymous.get('/api/openapi.json')).body);
  expect(routes.length).toBeGreaterThan(40);
  await api.warmUp();
});
beforeEach(async () => {
  before = await contents();
});
afterAll(async () => {
  await api.stop();
  await inside.close();
});

/** No fault in any response, the process lives, and nothing has changed. */
async function expectUnharmed(finder: FaultFinder, atLeast: number): Promise<void> {
  process.stdout.write(finder.summary);
  expect(finder.faults).toEqual([]);
  expect(finder.count).toBeGreaterThan(atLeast);
  expect(api.isRunning).toBe(true);
  expect(await contents()).toBe(before);
}

const contents = () => contentsOf(inside.database, { withoutImports: true });
const tokenFor = ({ isPublic, template }: Route) => {
  if (isPublic) return undefined;
  return template.startsWith('/api/v1/account') ? apiKey : inside.admin.token;
};
/**
 * Every route with everything is more than each run has time for: each takes a third, another one for each route, from a
 * place that is drawn. HOSTILE_PARTS=1 takes all.
 */
const parts = Number(process.env.HOSTILE_PARTS ?? 3);
let nextPart = Math.floor(Math.random() * parts);
function partOf<T>(all: T[]): T[] {
  const part = nextPart++ % parts;
  return all.filter((_, n) => n % parts === part);
}
/** Without its hostile part, the request is refused as well: what is sent must not change anything. */
const harmless = ({ method, path, body }: Route) => ({
  method,
  path,
  ...(body && { headers: { 'content-type': body.type }, body: body.content }),
});

describe('a hostile query', () => {
  it('with parameters that no route takes is refused by every route, for the query', async () => {
    const finder = new FaultFinder(api, MALFORMED, MEASURE_EVERY);
    for (const route of routes)
      for (const [name, query] of undeclaredQueries)
        await finder.try(name, { ...harmless(route), path: `${route.path}?${query}` }, tokenFor(route));
    await expectUnharmed(finder, 1_500);
  });

  it('in the parameters of a route is refused or has an effect of its own, never a 5xx', async () => {
    const finder = new FaultFinder(api, [200, ...REFUSED, ...MALFORMED], MEASURE_EVERY);
    for (const route of routes.filter(({ method, path }) => path !== '/api/v1/imports' || method === 'GET'))
      for (const [name, query] of partOf(route.query.flatMap(queriesWith)))
        await finder.try(name, { ...harmless(route), path: `${route.path}?${query}` }, tokenFor(route));
    await expectUnharmed(finder, 1_500);
  });
});

describe('a hostile path', () => {
  it('is refused by every route that has a parameter', async () => {
    // 405: a value that is empty or a dot segment is another route’s path.
    const finder = new FaultFinder(api, [404, 405, ...MALFORMED], MEASURE_EVERY);
    for (const route of routes.filter(({ template }) => PLACEHOLDER.test(template)))
      for (const [name, value] of hostilePathValues)
        await finder.try(name, { ...harmless(route), path: route.template.replace(PLACEHOLDER, value) }, tokenFor(route)); // prettier-ignore
    await expectUnharmed(finder, 1_000);
  });
});

describe('hostile header fields', () => {
  it('are refused or without effect on every route, never a 5xx', async () => {
    // 202, 409: a file without rows, and the same again.
    const finder = new FaultFinder(api, [200, 202, 401, 409, ...REFUSED, ...MALFORMED], MEASURE_EVERY);
    // Signing out would end the session of this test.
    const token = (route: Route) => (route.template.endsWith('/sessions/current') ? undefined : tokenFor(route));
    for (const route of routes)
      for (const [name, fields] of partOf(hostileHeaders)) {
        const request = harmless(route);
        await finder.try(name, { ...request, headers: { ...request.headers, ...fields } }, token(route));
      }
    await expectUnharmed(finder, 1_000);
  });
});

describe('a hostile body', () => {
  it('is refused by every route with a short problem, and never stops the process or its event loop', async () => {
    const finder = new FaultFinder(api, REFUSED);
    const targets = routes.filter(({ method, template }) => method !== 'GET' && template !== '/api/v1/imports');
    for (const route of targets)
      for (const [name, body] of hostileBodies(route.examples))
        await finder.try(name, { method: route.method, path: route.path, ...body }, tokenFor(route));
    await expectUnharmed(finder, 600);
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

describe('a hostile file', () => {
  const LARGE_FILE_BYTES = 16 * 1024 ** 2;

  it('is refused, or ends an import that has booked nothing and says why', async () => {
    const finder = new FaultFinder(api, [200]);
    const path = '/api/v1/imports';
    const get = (name: string, part: string) => finder.try(name, { method: 'GET', path: path + part }, inside.admin.token); // prettier-ignore

    /** What the import costs is measured with the requests that look at it. */
    async function endOf(name: string, id: string): Promise<void> {
      for (;;) {
        const { state } = JSON.parse((await get(name, `/${id}`)).text) as { state: string };
        if (state === 'done' || state === 'failed') return;
        await sleep(20);
      }
    }

    for (const { name, type, bytes } of hostileFiles) {
      const upload = { method: 'POST', path, headers: { 'content-type': type }, body: bytes };
      const { status, text } = await finder.try(name, upload, inside.admin.token, [202, 400, 415]);
      if (status !== 202) continue;
      const { id } = JSON.parse(text) as { id: string };
      await endOf(name, id);
      const parts = bytes.length < LARGE_FILE_BYTES ? ['failed-rows', 'errors', 'failed.csv'] : ['failed-rows'];
      for (const part of parts) await get(name, `/${id}/${part}`);
      expect([name, await contents()]).toEqual([name, before]);
    }
    await expectUnharmed(finder, hostileFiles.length);
  });
});
