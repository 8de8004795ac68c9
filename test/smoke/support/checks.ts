import { expect, it } from '@jest/globals';
import { Browser } from '../../../apps/gateway/test/support/browser.ts';
import { Client } from '../../support/client.ts';
import { until } from '../../support/until.ts';
import type { Routes } from './routes.ts';
import type { Target } from './target.ts';

/** What both suites check, and what changes nothing but the session that it ends. */
export function checkPublicUrl(target: () => Target): void {
  it('serves the web interface at the public URL', async () => {
    const { url } = target();
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    const html = await page.text();
    const scripts = [...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, path]) => path!);
    expect(scripts).not.toEqual([]);
    for (const path of scripts) expect((await fetch(new URL(path, url))).status).toBe(200);
  });

  it('is well: the gateway, the API behind it and the database behind that', async () => {
    const gateway = new Client(target().url);
    expect((await gateway.get('/health/live')).body).toEqual({ status: 'ok' });
    const { status, body } = await gateway.get('/health');
    expect({ status, health: body.status }).toEqual({ status: 200, health: 'ok' });
    expect((await gateway.get('/version')).body).toEqual({ version: expect.any(String), commit: expect.any(String) });
  });

  it('signs a browser in and out', async () => {
    const { url, email, password } = target();
    const browser = new Browser(url);
    const { status, body } = await browser.signIn(email, password);
    expect({ status, email: body.user?.email }).toEqual({ status: 201, email });
    expect((await browser.get('/session')).body.user.email).toBe(email);
    expect((await browser.delete('/session')).status).toBe(204);
    expect((await browser.get('/session')).body).toEqual({ user: null });
  });
}

/** Less than a test may take, so that the error says which instances did not respond. */
const INSTANCES_DEADLINE_MS = 50_000;

export function checkInstances(target: () => Target, routes: () => Routes): void {
  it('is served by as many instances as there should be, at both levels', async () => {
    const { url, instances } = target();
    const gateways = new Set<string>();
    const gatewaysRespond = async () => {
      gateways.add((await new Client(url).get('/health/live', { connection: 'close' })).headers['x-served-by']!);
      return gateways.size >= instances;
    };
    await until(`${instances} gateways have responded`, gatewaysRespond, INSTANCES_DEADLINE_MS);
    const apis = new Set<string>();
    const apisRespond = async () => {
      apis.add((await routes().call('GET /api/v1/locations', { query: { limit: '1' } })).headers['x-served-by']!);
      return apis.size >= instances;
    };
    await until(`${instances} APIs have responded`, apisRespond, INSTANCES_DEADLINE_MS);
  });
}
