import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../../../../test/support/client.ts';
import { Program } from '../../../../test/support/program.ts';
import { until } from '../../../../test/support/until.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { problem } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stdout.write('https upstream: skipped, there is no openssl here\n');
const whereCertificatesAreMade = hasOpenssl || process.env.CI === 'true' ? describe : describe.skip;

let folder: string;
let server: Server;
let port: number;
const closers: (() => Promise<unknown>)[] = [];

/** A self-signed certificate for `localhost` and 127.0.0.1. */
function makeCertificate(): { key: string; cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-keyout', key, '-out', cert, '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ],
    { stdio: 'ignore' },
  );
  return { key, cert };
}

async function serveHttps(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'stockroom-https-'));
  const { key, cert } = makeCertificate();
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    request.resume().on('end', () => response.end(`${request.method} ${request.url} for ${request.headers.host}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
}
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

whereCertificatesAreMade('an API behind https', () => {
  beforeAll(serveHttps);
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['localhost', '127.0.0.1'])('is reached at %s where its certificate is trusted', async (host) => {
    const settings = {
      INVENTORY_API_URL: `https://${host}:${port}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem'),
      NODE_OPTIONS: '--throw-deprecation',
    };
    const program = new Program(folder, settings, { app: 'gateway' });
    closers.push(() => program.stop());
    const url = await program.url();
    // On one connection to the API, then on the same once more.
    for (const path of ['/a', '/b']) {
      const reply = await fetch(`${url}/api/v1${path}`, { method: 'POST', body: 'hello' });
      expect([reply.status, await reply.text()]).toEqual([200, `POST /api/v1${path} for ${host}:${port}`]);
    }
  });

  it('is not trusted where no trusted CA signed its certificate: 502, and the log says why', async () => {
    const gateway: TestGateway = await startGateway(`https://localhost:${port}`);
    closers.push(() => gateway.close());
    expect(await new Client(gateway.url).get('/items')).toEqual(
      problem('bad-gateway', { detail: 'The service could not be reached. Nothing was done.' }),
    );
    const line = await until('it is logged', () => gateway.log.find((one) => one.includes('"refusal"')));
    expect(pick(JSON.parse(line), 'refusal', 'cause')).toEqual({
      refusal: 'connect',
      cause: expect.stringMatching(/self-signed certificate/),
    });
  });

  it('is not where it speaks no TLS: 502', async () => {
    const plain = createPlainServer((_, response) => response.end());
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => plain.close(resolve)));
    const gateway = await startGateway(`https://localhost:${(plain.address() as AddressInfo).port}`);
    closers.push(() => gateway.close());
    expect((await new Client(gateway.url).get('/items')).status).toBe(502);
  });
});
