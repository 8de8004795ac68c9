import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { haproxyConfig } from '../../rehearsal/load-balancer/haproxy-config.ts';
import { Haproxy } from '../../rehearsal/load-balancer/haproxy.ts';
import { freePort } from '../support/emulator/free-port.ts';
import { isOnPath } from '../support/program.ts';
import { targetGroup } from './objects.ts';

const haproxy = new Haproxy();
let target: Server;
let port: number;

beforeAll(async () => {
  target = createServer((_, response) => response.end('served')).listen(0, '127.0.0.1');
  await once(target, 'listening');
  port = await freePort();
});
afterAll(async () => {
  await haproxy.stop();
  target.close();
});

/** One listener that forwards everything to the target. */
function configured(addresses: string[]): string {
  const frontend = {
    name: 'stockroom-80',
    addresses,
    port,
    admits: { tasks: true, clients: true },
    idleTimeoutSeconds: 60,
    rules: [{ paths: [], sources: [], action: { type: 'forward', targetGroup: targetGroup.name } as const }],
  };
  const server = { address: '127.0.0.1', port: (target.address() as AddressInfo).port, isRouted: true };
  return haproxyConfig([frontend], [targetGroup], () => [server], haproxy.badGateway);
}

(process.env.CI === 'true' || isOnPath('haproxy') ? it : it.skip)(
  'a request whose header is not complete when the listeners change is still forwarded',
  async () => {
    await haproxy.configure(configured(['127.0.0.1']));
    const socket = connect(port, '127.0.0.1');
    const said = text(socket);
    socket.write('GET / HTTP/1.1\r\nHost: stockroom\r\nConnection: close\r\n');
    await once(socket, 'connect');
    await haproxy.configure(configured(['127.0.0.1', '127.0.0.2']));
    socket.write('\r\n');
    expect((await said).split('\r\n')[0]).toBe('HTTP/1.1 200 OK');
  },
);
