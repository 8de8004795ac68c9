import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD, createPerson, setClock } from '../../../../test/support/people.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Browser } from '../support/browser.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { page, refusedPage } from '../support/page.ts';
import { watch } from '../support/seen.ts';

let api: TestApi;
let gateways: TestGateway[];
beforeAll(async () => {
  api = await startApi();
  gateways = [await startGateway(api.url), await startGateway(api.url)];
});
afterAll(async () => {
  for (const gateway of gateways) await gateway.close();
  await api.close();
});
afterEach(() => setClocks());

const NO_ITEMS = { items: [], nextCursor: null };
const MINUTE = 60_000;
const REFRESH = 'POST /api/v1/sessions/refresh';

/** Sets every clock; without `at`, they go by themselves again. */
function setClocks(at?: number): void {
  setClock(api, at);
  for (const { clock } of gateways) clock.now = () => at ?? Date.now();
}

/** A browser that signed in sixteen minutes ago. */
async function expired(): Promise<{ browser: Browser; now: number }> {
  const start = Date.now();
  setClocks(start);
  const { email } = await createPerson(api);
  const browser = new Browser(gateways[0]!.url);
  await browser.signIn(email, PASSWORD);
  setClocks(start + 16 * MINUTE);
  return { browser, now: start + 16 * MINUTE };
}

const statuses = (pages: { status: number }[]) => pages.map(({ status }) => status);
const times = <T>(count: number, each: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => each(n));

describe('an expired access token', () => {
  it('is renewed once, on the way, for the requests that follow too', async () => {
    const { browser } = await expired();
    const before = new Map(browser.cookies);
    const seen = watch(api);
    const renewed = [expect.any(String), expect.any(String)] as unknown as string[];
    expect(await browser.get('/api/v1/items')).toEqual(page(200, NO_ITEMS, { setCookies: renewed }));
    const changed = [...before.keys()].filter((name) => browser.cookies.get(name) !== before.get(name));
    expect(changed).toEqual(['stockroom-access', 'stockroom-refresh']);
    expect(await browser.get('/api/v1/items')).toEqual(page(200, NO_ITEMS));
    expect(seen.map(({ line }) => line)).toEqual([REFRESH, 'GET /api/v1/items', 'GET /api/v1/items']);
    expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, undefined]);
  });

  it('is renewed once where ten requests find it so together, and all get the same new one', async () => {
    const { browser } = await expired();
    const seen = watch(api);
    const tabs = times(10, () => browser.alsoAt());
    const pages = await Promise.all(
      tabs.map((tab, n) => tab.post(`/api/v1/locations`, { code: `TEN-${n}`, name: 'x' })),
    );
    expect(statuses(pages)).toEqual(times(10, () => 201));
    expect(seen.filter(({ line }) => line === REFRESH)).toHaveLength(1);
    expect(new Set(tabs.map(({ cookie }) => cookie)).size).toBe(1);
  });

  it('is renewed for a request that set out with the old one and arrives later', async () => {
    const { browser, now } = await expired();
    const late = browser.alsoAt();
    await browser.get('/api/v1/items');
    const seen = watch(api);
    setClocks(now + 9_000);
    expect((await late.get('/api/v1/items')).status).toBe(200);
    expect(seen.map(({ line }) => line)).toEqual(['GET /api/v1/items']);
    expect(late.cookie).toBe(browser.cookie);
  });

  it('does not end the session where two gateways renew it in the same moment', async () => {
    const { browser, now } = await expired();
    const tabs = times(10, (n) => browser.alsoAt(gateways[n % 2]!.url));
    const seen = watch(api);
    expect(statuses(await Promise.all(tabs.map((tab) => tab.get('/api/v1/items'))))).toEqual(times(10, () => 200));
    expect(seen.filter(({ line }) => line === REFRESH)).toHaveLength(2);
    expect(new Set(tabs.map(({ cookies }) => cookies.get('stockroom-refresh'))).size).toBe(1);
    setClocks(now + 16 * MINUTE);
    for (const tab of tabs.slice(0, 2)) expect((await tab.get('/api/v1/items')).status).toBe(200);
  });

  it('is renewed again for a browser that went away before it had the answer', async () => {
    const { browser, now } = await expired();
    await browser.alsoAt().get('/api/v1/items');
    setClocks(now + 25_000);
    expect((await browser.get('/api/v1/items')).status).toBe(200);
    setClocks(now + 16 * MINUTE);
    expect((await browser.get('/api/v1/items')).status).toBe(200);
  });

  it('is renewed by asking who is signed in', async () => {
    const { browser } = await expired();
    const { status, body, setCookies } = await browser.get('/session');
    expect([status, body.user.email, setCookies.length]).toEqual([200, expect.any(String), 2]);
    expect(await browser.get('/session')).toEqual(page(200, body));
  });
});

describe('a session that is over', () => {
  it('identifies no one: public routes are still served, the rest is 401', async () => {
    const { browser, now } = await expired();
    setClocks(now + 31 * 24 * 60 * MINUTE);
    expect(await browser.get('/api/v1/items')).toEqual(
      refusedPage('unauthenticated', {
        detail: 'Send Authorization: Bearer with an access token (POST /api/v1/sessions) or an API key.',
      }),
    );
    expect(await browser.get('/api/openapi.json')).toEqual(page(200, expect.any(Object)));
  });

  it('takes its cookies away where the browser asks who is signed in', async () => {
    const { browser, now } = await expired();
    setClocks(now + 31 * 24 * 60 * MINUTE);
    const { status, body } = await browser.get('/session');
    expect({ status, body }).toEqual({ status: 200, body: { user: null } });
    expect([...browser.cookies.keys()]).toEqual(['stockroom-device']);
  });

  it('ends for both where a token was stolen and used by two', async () => {
    const { browser, now } = await expired();
    const thief = browser.alsoAt(gateways[1]!.url);
    expect((await thief.get('/api/v1/items')).status).toBe(200);
    setClocks(now + MINUTE);
    expect((await browser.get('/api/v1/items')).status).toBe(401);
    expect((await thief.get('/api/v1/items')).status).toBe(401);
  });
});

it('keeps the session where the API is unreachable when the token must be refreshed', async () => {
  const lonely = await startGateway('http://127.0.0.1:1');
  const browser = new Browser(lonely.url);
  browser.cookies.set('stockroom-refresh', 'a'.repeat(43));
  expect(await browser.get('/api/v1/items')).toEqual(
    refusedPage('unavailable', {
      detail: 'The inventory API is unavailable. Retry after a second.',
      headers: { 'retry-after': '1' },
    }),
  );
  await lonely.close();
});
