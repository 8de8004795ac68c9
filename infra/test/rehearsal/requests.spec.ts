import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send } from '../../rehearsal/drills/requests.ts';

let server: Server;
let url: string;
const rehearsal = { addressesOf: (name: string) => (name === 'shop.example' ? ['127.0.0.1'] : undefined) };

beforeAll(async () => {
  server = createServer(({ socket }, response) => response.end(socket.remoteAddress)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://shop.example:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

it.each([
  ['no address of its own', {}, '127.0.0.1'],
  ['an address that it was given', { localAddress: '127.0.0.9' }, '127.0.0.9'],
])('a client of a drill with %s reaches the system by a name of the account', async (_, options, from) => {
  expect(await send({ url, rehearsal }, '/', { agent: false, ...options })).toEqual({
    status: 200,
    body: from,
    hasRetryAfter: false,
  });
});

it('a client of a drill is told that the account has no such name', async () => {
  const { error } = await send({ url: 'http://other.example', rehearsal }, '/', { agent: false });
  expect(error).toBe('ENOTFOUND');
});
