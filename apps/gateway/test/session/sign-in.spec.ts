import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TOTP } from 'otpauth';
import { PASSWORD, createPerson, createSignedInPerson, setClock } from '../../../../test/support/people.ts';
import { Client } from '../../../../test/support/client.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Browser } from '../support/browser.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { page, refusedPage } from '../support/page.ts';
import { watch } from '../support/seen.ts';

let api: TestApi;
let gateway: TestGateway;
let behindTls: TestGateway;
beforeAll(async () => {
  api = await startApi();
  gateway = await startGateway(api.url);
  behindTls = await startGateway(api.url, { trust: { hops: 1, headers: new Set(['x-forwarded-host']) } });
});
afterAll(async () => {
  await gateway.close();
  await behindTls.close();
  await api.close();
});

const TOKEN = String.raw`[\w.-]{40,}`;
const MONTH = 2_592_000;
const YEAR = 31_536_000;
const setCookie = (name: string, seconds: number, more = '') =>
  expect.stringMatching(
    new RegExp(`^${name}=${TOKEN}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${more}$`),
  ) as unknown as string;
const plainCookies = [
  setCookie('stockroom-access', MONTH),
  setCookie('stockroom-refresh', MONTH),
  setCookie('stockroom-device', YEAR),
];
const secureCookies = [
  setCookie('__Host-stockroom-access', MONTH, '; Secure'),
  setCookie('__Host-stockroom-refresh', MONTH, '; Secure'),
  setCookie('__Host-stockroom-device', YEAR, '; Secure'),
];

describe('signing in', () => {
  it('answers with the person, and puts the tokens where no script can read them', async () => {
    const { email } = await createPerson(api, 'viewer');
    const browser = new Browser(gateway.url);
    const signedIn = await browser.signIn(email, PASSWORD);
    const user = await api.admin.get(`/users?email=${encodeURIComponent(email)}`);
    const session = { user: user.body.items[0] };
    const headers = { 'cache-control': 'no-store', location: '/session' };
    expect(signedIn).toEqual(page(201, session, { headers, setCookies: plainCookies }));
    expect(await browser.get('/session')).toEqual(page(200, session));
    expect(await browser.get('/api/v1/items')).toEqual(page(200, { items: [], nextCursor: null }));
  });

  it('sets cookies for this host alone, over HTTPS alone, where the browser speaks it', async () => {
    const { email } = await createPerson(api);
    const https = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'stock.example', 'x-forwarded-for': '192.0.2.7' };
    const browser = new Browser(behindTls.url);
    const { setCookies } = await browser.signIn(email, PASSWORD, { ...https, origin: 'https://stock.example' });
    expect(setCookies).toEqual(secureCookies);
    expect((await browser.get('/api/v1/items', https)).status).toBe(200);
    expect((await browser.get('/api/v1/items')).status).toBe(401);
  });

  it('believes X-Forwarded-Proto from a trusted hop only', async () => {
    const { email } = await createPerson(api);
    const { setCookies } = await new Browser(gateway.url).signIn(email, PASSWORD, { 'x-forwarded-proto': 'https' });
    expect(setCookies).toEqual(plainCookies);
  });

  it('goes by the public address where the request does not say how browsers come here', async () => {
    const { email } = await createPerson(api);
    const named = await startGateway(api.url, { publicOrigin: 'https://stock.example' });
    const reply = await new Browser(named.url).signIn(email, PASSWORD, { origin: 'https://stock.example' });
    expect(reply.setCookies).toEqual(secureCookies);
    expect(reply.headers['strict-transport-security']).toBe('max-age=31536000');
    await named.close();
  });

  it('says what the API says of a wrong password, and sets nothing', async () => {
    const { email } = await createPerson(api);
    const reply = await new Browser(gateway.url).signIn(email, 'not the password');
    expect({ status: reply.status, setCookies: reply.setCookies, body: reply.body }).toEqual({
      status: 401,
      setCookies: [],
      body: {
        type: '/api/problems/unauthenticated',
        title: 'Authentication required',
        status: 401,
        detail: 'The e-mail address or the password is wrong.',
        instance: '/session',
        requestId: reply.headers['x-request-id'],
      },
    });
  });

  it('asks for the code of a second factor, and sets nothing without it', async () => {
    const { email, client } = await createSignedInPerson(api);
    const { secret } = (await client.post('/account/totp', { currentPassword: PASSWORD })).body as { secret: string };
    const totp = new TOTP({ secret });
    const confirmed = await client.post('/account/totp/confirm', { code: totp.generate() });
    const browser = new Browser(gateway.url);
    const asked = await browser.signIn(email, PASSWORD);
    expect([asked.status, asked.body.type, asked.setCookies]).toEqual([
      401,
      '/api/problems/second-factor-required',
      [],
    ]);
    const [code] = confirmed.body.recoveryCodes as string[];
    const signedIn = await browser.post('/session', { email, password: PASSWORD, code });
    expect([signedIn.status, signedIn.body.user.twoFactor, signedIn.setCookies]).toEqual([201, true, plainCookies]);
  });

  it('names the fields that are wrong', async () => {
    const reply = await new Browser(gateway.url).post('/session', { email: 'sam', next: 'https://evil.example' });
    const pointers = reply.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect([reply.status, [...new Set(pointers)].sort()]).toEqual([422, ['/email', '/next', '/password']]);
  });

  it('tells the API who the client is, so that guessing is slowed down where it comes from', async () => {
    const seen = watch(api);
    await new Browser(behindTls.url).signIn('nobody@example.com', PASSWORD, {
      'x-forwarded-for': '6.6.6.6, 192.0.2.7',
    });
    expect(seen.map(({ line, headers }) => [line, headers['x-forwarded-for'], headers.cookie])).toEqual([
      ['POST /api/v1/sessions', '192.0.2.7, 127.0.0.1', undefined],
    ]);
  });
});

describe('the device token of a sign-in', () => {
  afterEach(() => setClock(api));

  it('lets its browser sign in again, and no other, while other clients fail at its account', async () => {
    const { email } = await createPerson(api);
    setClock(api, Date.now()); // A delay does not end meanwhile.
    const known = new Browser(gateway.url);
    expect((await known.signIn(email, PASSWORD)).status).toBe(201);
    expect((await known.delete('/session')).status).toBe(204);
    const failures: number[] = [];
    while (failures.at(-1) !== 429) failures.push((await new Browser(gateway.url).signIn(email, 'wrong')).status);
    expect(failures).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await new Browser(gateway.url).signIn(email, PASSWORD)).status).toBe(429);
    expect((await known.signIn(email, PASSWORD)).status).toBe(201);
  });

  it('stays where a sign-in fails or a token is renewed, and reaches the API with sign-ins only', async () => {
    const { email } = await createPerson(api);
    const browser = new Browser(gateway.url);
    await browser.signIn(email, PASSWORD);
    const device = browser.cookies.get('stockroom-device');
    browser.cookies.delete('stockroom-access');
    const seen = watch(api);
    expect((await browser.get('/session')).body.user.email).toBe(email);
    expect((await browser.get('/api/v1/items')).status).toBe(200);
    expect(await browser.signIn(email, 'not the password')).toEqual(
      refusedPage('unauthenticated', { detail: 'The e-mail address or the password is wrong.' }),
    );
    expect(browser.cookies.get('stockroom-device')).toBe(device);
    expect(JSON.stringify(seen)).not.toContain(device);
  });

  it('is left out where the cookie holds what no sign-in gave', async () => {
    const { email } = await createPerson(api);
    for (const value of ['x'.repeat(201), 'a b', '', 'x']) {
      const browser = new Browser(gateway.url);
      browser.cookies.set('stockroom-device', value);
      const { status, setCookies } = await browser.signIn(email, PASSWORD);
      expect({ status, setCookies }).toEqual({ status: 201, setCookies: plainCookies });
    }
  });

  it('cannot be given in the body, where a script could hold it', async () => {
    const { email } = await createPerson(api);
    const reply = await new Browser(gateway.url).post('/session', { email, password: PASSWORD, deviceToken: 'x' });
    expect([reply.status, reply.body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
      422,
      ['/deviceToken'],
    ]);
  });
});

it('reports that no one is signed in as a response, not as an error', async () => {
  expect(await new Browser(gateway.url).get('/session')).toEqual(page(200, { user: null }));
});

describe('signing out', () => {
  it('ends the session in the API and in the browser', async () => {
    const { email } = await createPerson(api);
    const browser = new Browser(gateway.url);
    await browser.signIn(email, PASSWORD);
    const thief = browser.alsoAt();
    const { status, text, setCookies } = await browser.delete('/session');
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(setCookies).toEqual([
      'stockroom-access=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
      'stockroom-refresh=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
    ]);
    expect([...browser.cookies.keys()]).toEqual(['stockroom-device']);
    expect((await thief.get('/api/v1/items')).status).toBe(401);
    expect((await thief.get('/session')).body).toEqual({ user: null });
    expect([...thief.cookies.keys()]).toEqual(['stockroom-device']);
  });

  it('ends a session whose access token is over', async () => {
    const { email } = await createPerson(api);
    const browser = new Browser(gateway.url);
    await browser.signIn(email, PASSWORD);
    const refreshToken = browser.cookies.get('stockroom-refresh');
    browser.cookies.delete('stockroom-access');
    expect((await browser.delete('/session')).status).toBe(204);
    expect((await api.anonymous.post('/sessions/refresh', { refreshToken })).status).toBe(401);
  });

  it('is done twice without harm', async () => {
    expect((await new Browser(gateway.url).delete('/session')).status).toBe(204);
  });

  it('removes the cookies although the API is unreachable, and says that the session is not ended', async () => {
    const lonely = await startGateway('http://127.0.0.1:1');
    const browser = new Browser(lonely.url);
    browser.cookies.set('stockroom-refresh', 'a'.repeat(43));
    const { status, headers } = await browser.delete('/session');
    expect({ status, retryAfter: headers['retry-after'] }).toEqual({ status: 503, retryAfter: '1' });
    expect(browser.cookies.size).toBe(0);
    await lonely.close();
  });
});

it('leaves the API’s own sessions to programs, byte for byte', async () => {
  const { email } = await createPerson(api);
  const reply = await new Client(gateway.url).post('/sessions', { email, password: PASSWORD });
  expect(reply.status).toBe(201);
  expect(Object.keys(reply.body as object).sort()).toEqual([
    'accessToken',
    'deviceToken',
    'expiresIn',
    'refreshToken',
    'user',
  ]);
  expect(reply.headers['set-cookie']).toBeUndefined();
});
