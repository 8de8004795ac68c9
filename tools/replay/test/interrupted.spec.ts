import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pick } from '../../../test/support/pick.ts';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { ITEMS, MOVEMENTS, salesFile } from './shop.ts';

let api: TestApi;
let sales: ReturnType<typeof salesFile>;
beforeEach(async () => {
  api = await startApi();
  sales = salesFile();
});
afterEach(async () => {
  await api.close();
  sales.remove();
});

/** The command as a person runs it. */
const command = (url: string): ChildProcess =>
  spawn(process.execPath, [resolve('tools/replay/main.ts'), sales.file, '--url', url], {
    env: { PATH: process.env.PATH, STOCKROOM_API_KEY: api.operator.token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function outcome(
  child: ChildProcess,
): Promise<{ code: number | null; figures: Record<string, string>; complaint: string }> {
  const [output, complaint] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')]);
  const figures = Object.fromEntries(output.trim().split('\n').map((line) => line.trim().split(/\s+/)) as [string, string][]); // prettier-ignore
  return { code: child.exitCode, figures, complaint };
}

/** Stands between the command and the API, and forwards what `onMovement` lets through. */
async function between(
  onMovement: (n: number) => 'forward' | 'refuse' | 'swallow',
): Promise<{ url: string; server: Server }> {
  let movements = 0;
  const forward: RequestListener = (request, response) => {
    void (async () => {
      const isMovement = request.method === 'POST' && request.url === '/api/v1/movements';
      const fate = isMovement ? onMovement(++movements) : 'forward';
      const body = await text(request);
      if (fate === 'refuse') return response.writeHead(503, { 'retry-after': '0' }).end();
      const { authorization, 'content-type': type, 'idempotency-key': key } = request.headers;
      const headers = { authorization: authorization!, ...(type && { 'content-type': type }), ...(key && { 'idempotency-key': key as string }) };
      const answer = await fetch(api.url + request.url, { method: request.method, headers, ...(body && { body }) });
      if (fate === 'swallow') return request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json', 'idempotency-replayed': answer.headers.get('idempotency-replayed') ?? 'false' });
      return response.end(await answer.text());
    })();
  }; // prettier-ignore
  const server = createServer(forward).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('a replay that is interrupted', () => {
  it('is finished by the next one, whatever was booked and not answered', async () => {
    const { url, server } = await between((n) => {
      if (n < 20) return 'forward';
      child.kill('SIGKILL');
      return 'swallow';
    });
    const child = command(url);
    expect((await outcome(child)).code).toBeNull();
    server.closeAllConnections();
    server.close();

    const { code, figures } = await outcome(command(api.url));
    expect({ code, ...pick(figures, 'items', 'movements', 'differences') }).toEqual({ code: 0, items: String(ITEMS), movements: String(MOVEMENTS), differences: '0' }); // prettier-ignore
    expect(Number(figures.recognised)).toBeGreaterThanOrEqual(19);
    expect(Number(figures.posted) + Number(figures.replayed) + Number(figures.recognised)).toBe(MOVEMENTS);
  });

  it('sends again what was refused for a while, or whose answer got lost, and books it once', async () => {
    const { url, server } = await between((n) => (n === 3 ? 'refuse' : n === 5 ? 'swallow' : 'forward'));
    const { code, figures } = await outcome(command(url));
    expect({ code, ...pick(figures, 'posted', 'replayed', 'differences') }).toEqual({ code: 0, posted: String(MOVEMENTS - 1), replayed: '1', differences: '0' }); // prettier-ignore
    server.closeAllConnections();
    server.close();
  });

  it('ends with 1 and the API’s own words where a person has to look', async () => {
    const { body } = await api.operator.post('/items', { sku: '85A', name: 'Jug' });
    await api.operator.delete(`/items/${body.id}`);
    const { code, complaint } = await outcome(command(api.url));
    expect({ code, complaint }).toEqual({ code: 1, complaint: expect.stringContaining('/errors') });
  });
});
