import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pick } from '../../../../test/support/pick.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const PAGE = '<!doctype html><title>Stockroom</title><script type="module" src="/assets/main-1a2b3c.js"></script>';
const SCRIPT = 'export const stock = "never wrong";'.repeat(100);
const HTML = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };

let folder: string;
let gateway: TestGateway;
let unbuilt: TestGateway;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stockroom-web-'));
  const assets = join(folder, 'web/assets');
  await mkdir(assets, { recursive: true });
  await writeFile(join(folder, 'web/index.html'), PAGE);
  await writeFile(join(folder, 'web/icon.svg'), '<svg/>');
  await writeFile(join(assets, 'main-1a2b3c.js'), SCRIPT);
  await writeFile(join(assets, 'main-1a2b3c.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(assets, 'main-1a2b3c.js.gz'), gzipSync(SCRIPT));
  gateway = await startGateway('http://127.0.0.1:1', { webBuild: join(folder, 'web') });
  unbuilt = await startGateway('http://127.0.0.1:1', { webBuild: assets });
});
afterAll(async () => {
  await gateway.close();
  await unbuilt.close();
  await rm(folder, { recursive: true });
});

const having = (headers: Record<string, string>) => expect.objectContaining(headers) as unknown;
/** What Node and the gateway add to every response. */
const OF_EACH_RESPONSE = {
  connection: 'close',
  date: expect.any(String),
  traceparent: expect.any(String),
  'x-request-id': expect.any(String),
  'x-served-by': expect.any(String),
};

interface Got {
  status: number;
  headers: Record<string, unknown>;
  body: Buffer;
}

/** As it came over the wire: fetch would decode the body. */
const get = (path: string, headers: Record<string, string> = {}, { url } = gateway, method = 'GET'): Promise<Got> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(pieces) }),
      );
    })
      .on('error', reject)
      .end();
  });

describe('a query parameter', () => {
  it.each([
    ['GET', '/session'],
    ['POST', '/session'],
    ['DELETE', '/session'],
    ['GET', '/health'],
    ['GET', '/health/live'],
    ['GET', '/health/ready'],
    ['GET', '/version'],
  ])('that %s %s does not have is refused by its name', async (method, path) => {
    for (const name of ['colour', 'limit', 'spreadsheet', 'filter[sku]', '__proto__', 'constructor']) {
      const { status, body } = await get(`${path}?${name}=true`, {}, gateway, method);
      const problem = JSON.parse(body.toString()) as { detail: string };
      expect({ status, detail: problem.detail }).toEqual({ status: 400, detail: expect.stringContaining(name) });
    }
  });

  it('of a page is the page’s own', async () => {
    expect((await get('/items?q=mug&__proto=1', HTML)).status).toBe(200);
  });
});

describe('the document of the web interface', () => {
  it('is served at /, is never cached, and loads nothing from elsewhere', async () => {
    const { status, headers, body } = await get('/');
    expect([status, body.toString()]).toEqual([200, PAGE]);
    expect(headers).toEqual({
      ...OF_EACH_RESPONSE,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      vary: 'accept, accept-encoding',
      'content-security-policy':
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-length': String(PAGE.length),
      'accept-ranges': 'bytes',
      etag: expect.any(String),
      'last-modified': expect.any(String),
    });
  });

  it('comes for every address that a person opens', async () => {
    for (const path of ['/items', '/items?q=mug', '/items/0199a2c4-7d3e-7b1a-9c55', '/apiary', '/index.html'])
      expect({ path, ...(await get(path, HTML)) }).toEqual({
        path,
        status: 200,
        headers: having({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }),
        body: Buffer.from(PAGE),
      });
  });

  it('is described to HEAD without its body', async () => {
    const { status, headers, body } = await get('/', {}, gateway, 'HEAD');
    expect([status, headers['content-length'], body.length]).toEqual([200, String(PAGE.length), 0]);
  });

  it('is missed with words where it was not built', async () => {
    const { status, body } = await get('/', HTML, unbuilt);
    expect([status, JSON.parse(body.toString())]).toEqual([
      404,
      expect.objectContaining({
        detail: 'The web interface is not built: run "npm run build". The API is documented at /api/docs.',
      }),
    ]);
  });
});

describe('the files of the web interface', () => {
  const SCRIPT_PATH = '/assets/main-1a2b3c.js';

  it('are kept for good under their hashed names', async () => {
    const { status, headers, body } = await get(SCRIPT_PATH);
    expect([status, body.toString()]).toEqual([200, SCRIPT]);
    expect(pick(headers, 'content-type', 'cache-control', 'vary', 'content-encoding')).toEqual({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      'content-encoding': undefined,
    });
  });

  it('are kept for a day under a name without a hash', async () => {
    const { headers } = await get('/icon.svg');
    expect(pick(headers, 'content-type', 'cache-control')).toEqual({
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=86400',
    });
  });

  it('come as they were compressed at the build, in the best form that the browser takes', async () => {
    const asked = async (accepted: string) => {
      const { headers, body } = await get(SCRIPT_PATH, { 'accept-encoding': accepted });
      expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
      return [headers['content-encoding'], body] as const;
    };
    const [br, brBody] = await asked('gzip, deflate, br, zstd');
    expect([br, brotliDecompressSync(brBody).toString()]).toEqual(['br', SCRIPT]);
    const [gzip, gzipBody] = await asked('br;q=0, GZIP;q=0.5');
    expect([gzip, gunzipSync(gzipBody).toString()]).toEqual(['gzip', SCRIPT]);
    expect(await asked('deflate')).toEqual([undefined, Buffer.from(SCRIPT)]);
  });
});

describe('what is not there', () => {
  it('is a problem where no page can be meant, for every client', async () => {
    for (const path of ['/assets/gone-1a2b3c.js', '/api', '/health/none', '/session/none', '/version/none', '/metrics'])
      expect({ path, ...(await get(path, HTML)) }).toEqual({
        path,
        status: 404,
        headers: having({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' }),
        body: expect.any(Buffer),
      });
  });

  it('is a problem for programs, with where and what', async () => {
    const { status, headers, body } = await get('/items', { accept: '*/*' });
    expect({ status, type: headers['content-type'], body: JSON.parse(body.toString()) }).toEqual({
      status: 404,
      type: 'application/problem+json; charset=utf-8',
      body: {
        type: '/api/problems/not-found',
        title: 'Not found',
        status: 404,
        detail: 'Cannot GET /items',
        instance: '/items',
        requestId: headers['x-request-id'],
      },
    });
  });

  it('cannot be reached above the folder', async () => {
    for (const path of ['/assets/../../secret', '/..%2fsecret', '/%2e%2e/secret'])
      expect((await get(path)).status).toBeGreaterThanOrEqual(400);
  });

  it('comes from the API below /api/, also where the API is unreachable', async () => {
    expect((await get('/api/v1/none', HTML)).headers['content-type']).toContain('application/problem+json');
  });

  it('is not to be written to', async () => {
    expect((await get('/items', HTML, gateway, 'POST')).status).toBe(404);
  });
});
