import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../api/test/support/api.ts';
import { Client } from '../../../api/test/support/client.ts';
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

const open = (path: string, { url } = gateway, init: RequestInit = {}) => fetch(url + path, init);
const HTML = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };

describe('the front page', () => {
  it('says that the API answers, how fast, in which version, and where to go on', async () => {
    const page = await (await open('/')).text();
    expect(page).toContain('The inventory API answers</h2>');
    expect(page).toMatch(/<dt>Latency<\/dt>\s*<dd>\d+ ms<\/dd>/);
    expect(page).toMatch(/<dt>Version<\/dt>\s*<dd>0\.0\.0<\/dd>/);
    for (const link of ['/api/docs', '/api/openapi.json', '/health']) {
      expect(page).toContain(`href="${link}"`);
      expect((await open(link)).status).toBe(200);
    }
  });

  it('is there when the API is not, and says so', async () => {
    const answer = await open('/', lonely);
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('The inventory API does not answer'),
    ]);
  });

  it('runs no script, frames nothing and takes all from here', async () => {
    const answer = await open('/');
    const page = await answer.text();
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=|https?:\/\//);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(answer.headers.has('strict-transport-security')).toBe(false);
  });

  it('brings its style sheet under a name that may be kept for good', async () => {
    const [, href] = /<link rel="stylesheet" href="([^"]+)"/.exec(await (await open('/')).text())!;
    const style = await open(href!);
    expect([style.status, style.headers.get('content-type'), style.headers.get('cache-control')]).toEqual([
      200,
      'text/css; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
  });
});

describe('what is not there', () => {
  it('is a small page for a browser', async () => {
    const answer = await open('/no<b>such</b>page', gateway, { headers: HTML });
    const page = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page).toContain('There is no such page');
    expect(page).toContain(answer.headers.get('x-request-id'));
    expect(page).not.toContain('<b>such');
  });

  it('is a problem for programs', async () => {
    const { status, headers, body } = await new Client(gateway.url).get('/health/none');
    expect({ status, type: headers['content-type'], body }).toEqual({
      status: 404,
      type: 'application/problem+json; charset=utf-8',
      body: {
        type: '/api/problems/not-found',
        title: 'There is no such thing',
        status: 404,
        detail: 'Cannot GET /health/none',
        instance: '/health/none',
        requestId: headers['x-request-id'],
      },
    });
  });

  it('is the API’s to say below /api/, and nowhere else', async () => {
    expect(await (await open('/api/v1/none', gateway, { headers: HTML })).json()).toMatchObject({ status: 404 });
    expect((await open('/api', gateway, { headers: HTML })).headers.get('content-type')).toContain('text/html');
    expect((await open('/apiary')).headers.get('via')).toBeNull();
  });
});
