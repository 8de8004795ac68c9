import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PASSWORD, createPerson, setClock } from '../../../../test/support/people.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Browser, type Page } from '../support/browser.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let api: TestApi;
let gateway: TestGateway;
let lonely: TestGateway;
beforeAll(async () => {
  api = await startApi();
  gateway = await startGateway(api.url);
  lonely = await startGateway('http://127.0.0.1:1');
});
afterAll(async () => {
  await gateway.close();
  await lonely.close();
  await api.close();
});

it('shows no token and no password in any log, body or readable header field', async () => {
  const { email } = await createPerson(api);
  const browser = new Browser(gateway.url);
  const secrets = new Set([PASSWORD, 'not the password']);
  const pages: Page[] = [];
  const note = (page: Page) => {
    pages.push(page);
    for (const value of browser.cookies.values()) secrets.add(value);
  };
  note(await browser.signIn(email, 'not the password'));
  note(await browser.signIn(email, PASSWORD));
  note(await browser.get('/session'));
  note(await browser.get('/api/v1/items'));
  note(await browser.post('/api/v1/locations', {}, { origin: 'https://evil.example' }));
  const later = Date.now() + 16 * 60_000;
  setClock(api, later);
  gateway.clock.now = lonely.clock.now = () => later;
  // Where the API is unreachable: the error of the call that failed holds the whole request.
  const away = browser.alsoAt(lonely.url);
  pages.push(await away.get('/api/v1/items'), await away.get('/session'), await away.signIn(email, PASSWORD));
  note(await browser.get('/api/v1/items'));
  note(await browser.delete('/session'));
  expect(secrets.size).toBe(7);
  expect(pages.map(({ status }) => status)).toEqual([401, 201, 200, 200, 403, 503, 503, 503, 200, 204]);

  const logs = [...gateway.log, ...lonely.log].join('');
  const readable = pages
    .map(({ text, headers }) => text + JSON.stringify({ ...headers, 'set-cookie': undefined }))
    .join('');
  expect(logs).toContain('"path":"/session"');
  for (const secret of secrets) {
    expect(logs).not.toContain(secret);
    expect(readable).not.toContain(secret);
  }
  for (const line of pages.flatMap(({ setCookies }) => setCookies)) expect(line).toContain('; HttpOnly');
});
