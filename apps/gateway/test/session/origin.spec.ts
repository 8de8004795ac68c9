import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD, createPerson } from '../../../../test/support/people.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Browser } from '../support/browser.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { refusedPage } from '../support/page.ts';
import { pick } from '../../../../test/support/pick.ts';
import { watch } from '../support/seen.ts';

let api: TestApi;
let gateway: TestGateway;
let browser: Browser;
beforeAll(async () => {
  api = await startApi();
  gateway = await startGateway(api.url);
  browser = new Browser(gateway.url);
  const { email } = await createPerson(api);
  await browser.signIn(email, PASSWORD);
});
afterAll(async () => {
  await gateway.close();
  await api.close();
});

const REFUSED = refusedPage('cross-site');
const evil = 'https://evil.example';
let codes = 0;
const write = (headers: Record<string, string>) =>
  browser.post('/api/v1/locations', { code: `PLACE-${++codes}`, name: 'A place' }, headers);

describe('a write with the cookie', () => {
  it.each<[string, () => Record<string, string>]>([
    ['says that it is of the same origin', () => ({ 'sec-fetch-site': 'same-origin' })],
    ['names our origin', () => ({ origin: gateway.url })],
    ['names our origin in other letters', () => ({ origin: gateway.url.toUpperCase() })],
  ])('goes up where the browser %s', async (_, headers) => {
    expect((await write(headers())).status).toBe(201);
  });

  it.each<[string, () => Record<string, string>]>([
    ['says nothing', () => ({})],
    ['names another origin', () => ({ origin: evil })],
    ['names none', () => ({ origin: 'null' })],
    ['names our host with another scheme', () => ({ origin: gateway.url.replace('http:', 'https:') })],
    ['names our host with another port', () => ({ origin: 'http://127.0.0.1' })],
    ['names a host that begins like ours', () => ({ origin: `${gateway.url}.evil.example` })],
    ['says that it is of another site', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['says that it is of another host of our site', () => ({ 'sec-fetch-site': 'same-site' })],
    ['says that it is of no page', () => ({ 'sec-fetch-site': 'none' })],
    ['contradicts itself', () => ({ 'sec-fetch-site': 'cross-site', origin: gateway.url })],
    ['names our origin beside a forwarded host', () => ({ origin: evil, 'x-forwarded-host': 'evil.example' })],
  ])('is refused where the browser %s, and nothing reaches the API', async (_, headers) => {
    const seen = watch(api);
    expect(await write(headers())).toEqual(REFUSED);
    expect(seen).toEqual([]);
  });

  it('is refused for every method that may change something', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect(await browser.send(method, '/api/v1/items/x', {}, { origin: evil })).toEqual(REFUSED);
    for (const method of ['GET', 'HEAD'])
      expect((await browser.send(method, '/api/v1/items', undefined, { origin: evil })).status).toBe(200);
  });

  it('is not checked on a request without a session', async () => {
    const anonymous = new Browser(gateway.url);
    anonymous.cookies.set('theme', 'dark');
    expect((await anonymous.post('/api/v1/locations', {}, { origin: evil })).status).toBe(401);
  });
});

describe('another site’s page', () => {
  it('signs no one in or out', async () => {
    const { email } = await createPerson(api);
    const victim = new Browser(gateway.url);
    expect(await victim.signIn(email, PASSWORD, { origin: evil })).toEqual(REFUSED);
    expect(await victim.signIn(email, PASSWORD, { 'sec-fetch-site': 'cross-site' })).toEqual(REFUSED);
    expect(victim.cookies.size).toBe(0);
    expect(await browser.delete('/session', { origin: evil })).toEqual(REFUSED);
    expect(await browser.delete('/session', {})).toEqual(REFUSED);
    expect((await browser.get('/session')).body).toEqual({ user: expect.objectContaining({ role: 'operator' }) });
  });

  it('gets no leave to read answers', async () => {
    const page = await browser.get('/session', { origin: evil });
    expect(Object.keys(page.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('a request with an Authorization of its own', () => {
  it('keeps it, needs no origin, and its cookie counts for nothing', async () => {
    const seen = watch(api);
    const authorization = `Bearer ${api.admin.token}`;
    expect(pick(await write({ authorization }), 'status', 'setCookies')).toEqual({ status: 201, setCookies: [] });
    expect((await browser.get('/api/v1/items', { authorization: 'Bearer rubbish' })).status).toBe(401);
    expect((await browser.get('/api/v1/items', { authorization: '' })).status).toBe(401);
    expect(seen.map(({ headers }) => [headers.authorization, headers.cookie])).toEqual([
      [authorization, undefined],
      ['Bearer rubbish', undefined],
      ['', undefined],
    ]);
  });
});

it('sends no cookie up, whatever it is', async () => {
  const seen = watch(api);
  const tracked = browser.alsoAt();
  tracked.cookies.set('theme', 'dark');
  tracked.cookies.set('stockroom-else', 'x');
  await tracked.get('/api/v1/items');
  await new Browser(gateway.url).get('/api/v1/items', { cookie: 'stockroom-access=a"b; theme=dark' });
  expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  expect(seen.map(({ headers }) => headers.authorization)).toEqual([expect.stringMatching(/^Bearer eyJ/), undefined]);
});

it('redirects nowhere, whatever the address asks for', async () => {
  for (const path of [`/session?next=${evil}`, `/?url=${evil}`, '/login?next=//evil.example', '/%2f%2fevil.example'])
    expect((await browser.get(path)).headers.location).toBeUndefined();
  expect((await browser.get('//evil.example')).status).toBe(400);
});
