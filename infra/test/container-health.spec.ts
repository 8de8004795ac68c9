import { spawn } from 'node:child_process';
import { afterEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { imageHealthCommand } from './support/dockerfile.ts';

const [program = '', ...args] = imageHealthCommand('api');
let server: Server;

afterEach(() => void server.close());

async function serve(listener: RequestListener): Promise<number> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** @returns its exit code: for Docker and ECS the container is healthy at 0 only */
async function check(port: number): Promise<number> {
  const [code] = await once(spawn(program, args, { env: { ...process.env, PORT: String(port) }, stdio: 'ignore' }), 'exit'); // prettier-ignore
  return code as number;
}

it.each([
  [200, 0],
  [204, 1],
  [404, 1],
  [503, 1],
])(
  'a container whose /health/live responds with %i is checked with exit code %i, by one request',
  async (status, code) => {
    const asked: string[] = [];
    const port = await serve(({ method, url, headers }, response) => {
      asked.push(`${method} ${url} ${headers.host}`);
      response.writeHead(status).end(status === 204 ? undefined : '200 OK');
    });
    expect([await check(port), asked]).toEqual([code, ['GET /health/live 127.0.0.1']]);
  },
);

it('a container whose process breaks the connection, or listens no more, is not healthy', async () => {
  const port = await serve((request) => request.socket.destroy());
  expect(await check(port)).toBe(1);
  server.close();
  await once(server, 'close');
  expect(await check(port)).toBe(1);
});

it('the image of the gateway is checked by the command of the API’s', () => {
  expect(imageHealthCommand('gateway')).toEqual(imageHealthCommand('api'));
});
