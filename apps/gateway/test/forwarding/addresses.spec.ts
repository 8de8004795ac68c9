import { describe, expect, it } from '@jest/globals';
import { Worker } from 'node:worker_threads';
import { RawClient } from './support/raw-client.ts';
import { Context, get } from './support/case.ts';
import { until } from '../../../../test/support/until.ts';
import { isProblem } from './support/problem.ts';
import { ok, RawUpstream } from './support/raw-upstream.ts';
import { serveProxy } from './support/stockroom.ts';

describe('the upstream’s name', () => {
  it('is resolved anew as it changes, and no request fails meanwhile', async () => {
    const first = await new RawUpstream().listen(0, '127.0.0.2');
    const second = await new RawUpstream().listen(first.port, '127.0.0.3');
    let address = '127.0.0.2';
    const proxy = await serveProxy({
      upstream: `http://inventory.example:${first.port}`,
      resolve: () => Promise.resolve([{ address, family: 4 }]),
      resolveEveryMs: 20,
    });
    const context = new Context(first, proxy);
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    first.script = async (seen) => {
      if (seen.head.startLine.includes('slow')) await released;
      await ok(seen);
    };
    expect((await context.ask(get('/api/x'))).status).toBe(200);
    const slow = context.client().send(get('/api/slow'));
    await until('the slow request', () => first.requests.length === 2);
    address = '127.0.0.3';
    while (second.requests.length === 0) expect((await context.ask(get('/api/x'))).status).toBe(200);
    release();
    expect((await slow.reply()).status).toBe(200);
    await until('the connections to the old address to be closed', () => first.sockets.size === 0);
    context.closeClients();
    await Promise.all([first.close(), second.close()]);
    await proxy.close();
  });

  it('keeps its last addresses while the resolver is unreachable', async () => {
    const upstream = await new RawUpstream().listen();
    let asked = 0;
    const proxy = await serveProxy({
      upstream: `http://inventory.example:${upstream.port}`,
      resolve: () =>
        asked++ === 0 ? Promise.resolve([{ address: '127.0.0.1', family: 4 }]) : Promise.reject(new Error('SERVFAIL')),
      resolveEveryMs: 10,
    });
    const context = new Context(upstream, proxy);
    expect((await context.ask(get('/api/x'))).status).toBe(200);
    await until('the resolver to be asked again', () => asked > 3);
    for (const socket of upstream.sockets) socket.destroy();
    expect((await context.ask(get('/api/x'))).status).toBe(200);
    context.closeClients();
    await upstream.close();
    await proxy.close();
  });

  it('that cannot be resolved gives 502', async () => {
    const proxy = await serveProxy({
      upstream: 'http://inventory.example:80',
      resolve: () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' })),
    });
    const client = new RawClient(proxy.port);
    isProblem(await client.send(get('/api/x')).reply(), 502, 'bad-gateway');
    client.destroy();
    await proxy.close();
  });
});

/** Listens and never accepts: once its queue, of one more than its backlog, is full, a connection attempt hears nothing. */
const UNRESPONSIVE = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

describe('an upstream that does not accept connections', () => {
  it('gives 504 when the time to connect is up', async () => {
    const worker = new Worker(UNRESPONSIVE, { eval: true });
    const port = await new Promise<number>((resolve) => worker.once('message', resolve));
    const fillers = Array.from({ length: 8 }, () => new RawClient(port));
    await until('a full queue', () => fillers.filter(({ socket }) => socket.readyState === 'open').length === 2);
    const proxy = await serveProxy({ upstream: `http://127.0.0.1:${port}`, limits: { connectMs: 200 } });
    const client = new RawClient(proxy.port);
    const reply = await client.send(get('/api/x')).reply();
    isProblem(reply, 504, 'gateway-timeout');
    expect(JSON.parse(reply.body).detail).toContain('did not accept a connection');
    for (const one of [client, ...fillers]) one.destroy();
    await worker.terminate();
    await proxy.close();
  });
});
