import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { SIGNING_KEY, startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { Browser } from '../support/browser.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { problem } from '../../../../test/support/responses.ts';
import { refusedPage } from '../support/page.ts';

const CAPACITY = 5;
/** No server is there: no mail is sent. */
const MAIL = { url: 'smtp://127.0.0.1:9', from: 'stockroom@example.com', publicUrl: 'https://stockroom.example' };

let api: TestApi;
let gateway: TestGateway;
beforeEach(async () => {
  api = await startApi(undefined, { mail: MAIL });
  gateway = await startGateway(api.url, { rateLimit: { capacity: CAPACITY, perSecond: 0.001 } });
});
afterEach(async () => {
  await gateway.close();
  await api.close();
});

const as = (token: string | undefined) => new Client(gateway.url, token);
/** The statuses of so many requests, one after the other. */
async function statuses(client: Client, count: number): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < count; i++) all.push((await client.get('/items')).status);
  return all;
}

it('gives each person a bucket of their own, once the API has vouched for them', async () => {
  const [viewer, operator] = [as(api.viewer.token), as(api.operator.token)];
  // The first request of each is on the account of the address.
  expect(await statuses(viewer, 1 + CAPACITY + 1)).toEqual([...Array<number>(6).fill(200), 429]);
  expect(await statuses(operator, 1 + CAPACITY + 1)).toEqual([...Array<number>(6).fill(200), 429]);
  const headers = {
    'retry-after': expect.stringMatching(/^\d+$/),
    ratelimit: expect.stringMatching(/^"default";r=0;t=\d+$/),
    'ratelimit-policy': '"default";q=5;w=5000',
  };
  expect(await viewer.get('/items')).toEqual(problem('too-many-requests', { headers }));
});

it('gives none to tokens that are made up: they share the address’s', async () => {
  const forged = (n: number) =>
    new SignJWT({ sid: 'x' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(`person ${n}`)
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(`${SIGNING_KEY} but not it`));
  const all: number[] = [];
  for (let n = 0; n < CAPACITY + 1; n++) all.push(...(await statuses(as(await forged(n)), 1)));
  expect(all).toEqual([...Array<number>(CAPACITY).fill(401), 429]);
});

it('does not accept a route that checks no credentials', async () => {
  const client = as('made-up');
  expect((await client.get('/api/openapi.json')).status).toBe(200);
  expect((await client.post('/password-resets', { email: 'unknown@example.com' })).status).toBe(202);
  expect(await statuses(client, CAPACITY - 1)).toEqual([...Array<number>(CAPACITY - 2).fill(401), 429]);
});

it('holds for signing in, too', async () => {
  const browser = new Browser(gateway.url);
  for (let i = 0; i < CAPACITY; i++) expect((await browser.get('/session')).status).toBe(200);
  expect(await browser.signIn('sam@example.com', 'a password')).toEqual(
    refusedPage('too-many-requests', {
      headers: { 'retry-after': expect.stringMatching(/^\d+$/), ratelimit: expect.stringMatching(/r=0/) },
    }),
  );
});
