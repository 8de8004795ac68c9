import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client, type TestResponse } from '../../../../test/support/client.ts';
import { contentsOf } from '../support/contents.ts';
import { until } from '../../../../test/support/until.ts';
import { type FuzzRequest, requestsTo, requestsWith } from './hostile-requests.ts';

/** How many requests each route gets, and how many each of its parameters. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 10);
const PARAMETER_RUNS = Math.ceil(RUNS / 3);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

let api: TestApi;
/** What the database held after the last request. */
let contents: string;
const statuses = new Map<number, number>();
/** Of things that are there. */
const ids: string[] = [];
let routes: { path: string; method: string; operation: { parameters: object[] } }[];

beforeAll(async () => {
  process.stdout.write(`fuzz: FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS}\n`);
  api = await startApi();
  await makeThings();
  contents = await contentsOf(api.database);
  const { paths } = (await api.anonymous.get('/api/openapi.json')).body as { paths: Record<string, Record<string, { parameters: object[] }>> }; // prettier-ignore
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
});
afterAll(() => api.close());

async function makeThings(): Promise<void> {
  const make = async (path: string, body: object) => {
    const { status, body: made } = await api.admin.post(path, body);
    expect({ path, status }).toEqual({ path, status: 201 });
    ids.push(made.id as string);
  };
  await make('/locations', { code: 'SHOP', name: 'Shop' });
  await make('/items', { sku: 'MUG-01', name: 'Mug', attributes: { colour: 'blue' } });
  await make('/items', { sku: 'TEA-01', name: 'Tea', barcode: '4006381333931' });
  const line = { item: { sku: 'MUG-01' }, location: { code: 'MAIN' }, quantity: 100 };
  await make('/movements', { type: 'receipt', lines: [line] });
  await make('/reservations', { ttlSeconds: 604_800, lines: [{ ...line, quantity: 5 }] });
}

/** One request for each status, so that what the random ones draw decides nothing. */
const PLAIN: [status: number, method: string, path: string, body?: string][] = [
  [200, 'GET', '/items'],
  [201, 'POST', '/items', '{"sku":"PLAIN-01","name":"Plain"}'],
  [400, 'POST', '/items', '{'],
  [404, 'GET', '/items/00000000-0000-7000-8000-000000000000'],
  [409, 'POST', '/items', '{"sku":"PLAIN-01","name":"Plain"}'],
  [422, 'POST', '/items', '{}'],
];

describe('hostile requests', () => {
  it('get a response below 500 from every route, and those that are refused change nothing', async () => {
    for (const { path, method, operation } of routes) await holds(requestsTo(path, method, operation, ids), RUNS);
    for (const [status, method, path, body] of PLAIN) {
      const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      await withoutFault({ method, path: `/api/v1${path}`, headers, body });
      expect([status, statuses.get(status)]).toEqual([status, expect.any(Number)]);
    }
  }, 600_000);

  it('do so whatever a single parameter of a route holds', async () => {
    const parameters = routes.flatMap(({ operation, ...route }) =>
      operation.parameters.map((parameter) => ({ ...route, parameter })),
    );
    expect(parameters.length).toBeGreaterThan(100);
    for (const { path, method, parameter } of parameters)
      await holds(requestsWith(path, method, parameter, ids), PARAMETER_RUNS);
  }, 600_000);
});

/** @throws with the smallest request that has a fault, and the seed by which it is found again */
const holds = (requests: fc.Arbitrary<FuzzRequest>, numRuns: number): Promise<void> =>
  fc.assert(fc.asyncProperty(requests, withoutFault), { numRuns, seed: SEED });

async function withoutFault(request: FuzzRequest): Promise<void> {
  expect(await faultOf(request)).toBeUndefined();
}

/** What is wrong with the answer to a request, or undefined. */
async function faultOf(request: FuzzRequest): Promise<object | undefined> {
  const reply = await send(request);
  if (reply.status >= 500) return { fault: 'a 5xx', status: reply.status, answer: reply.body as unknown };
  if (reply.status === 202) await finished(reply.body.id as string);
  const before = contents;
  contents = await contentsOf(api.database);
  statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
  if (reply.status < 400) return undefined;
  if (reply.headers['content-type'] !== 'application/problem+json; charset=utf-8' || !reply.body.requestId)
    return { fault: 'no problem', status: reply.status, answer: reply.body as unknown };
  return contents === before ? undefined : { fault: 'a change', answer: reply.body as unknown };
}

/** The admin's own session is never ended: it is needed to the end. */
function send({ method, path, headers, body }: FuzzRequest): Promise<TestResponse> {
  const token = method === 'DELETE' && path.includes('/sessions/') ? 'nobody' : api.admin.token;
  return new Client(api.url, token).send(method, path, body, headers);
}

const finished = (id: string) =>
  until('the import is over', async () =>
    /done|failed|cancelled|undone/.test((await api.admin.get(`/imports/${id}`)).body.state as string),
  );
