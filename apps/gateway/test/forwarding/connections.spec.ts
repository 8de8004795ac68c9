import { afterEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Limits } from '../../src/proxy/limits/limits.ts';
import { hasBody } from '../../src/proxy/request-body.ts';
import { Context, get, request } from './support/case.ts';
import { until } from '../../../../test/support/until.ts';
import { ok, RawUpstream, type Script } from './support/raw-upstream.ts';
import { serveProxy } from './support/stockroom.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(application?: RequestListener, further: Partial<Limits> = {}) {
  const upstream = await new RawUpstream().listen();
  const limits = { lingerMs: 100, breakerFailures: Infinity, ...further };
  const served = await serveProxy({ upstream: upstream.url, limits, ...(application && { application }) });
  const context = new Context(upstream, served);
  closers.push(
    () => context.closeClients(),
    () => upstream.close(),
    () => served.close(),
  );
  return { ...context, upstream, proxy: served.proxy, gateway: served.server, server: served.server.http };
}

/** node:http's server, as the gateway sets it, emits no `end` where a request has no body. */
function afterBody(message: IncomingMessage, respond: () => void): void {
  if (hasBody(message)) message.resume().on('end', respond);
  else respond();
}

const connectionsOf = (server: Server) =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

const FATES: Record<string, Script> = {
  ok,
  chunked: async ({ whole, socket }) => {
    await whole;
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n');
    setImmediate(() => socket.write('0\r\n\r\n'));
  },
  closing: async ({ whole, socket }) => {
    await whole;
    socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok');
  },
  early: ({ socket }) => void socket.write('HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno'),
  surplus: ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokok'),
  invalid: ({ socket }) => void socket.write('hello\r\n\r\n'),
  half: ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'),
  reset: ({ socket }) => void socket.resetAndDestroy(),
  fin: ({ socket }) => void socket.end(),
  silent: () => undefined,
};

/** What a client sends, and whether it then leaves without waiting. */
const CLIENTS: ((target: string) => { bytes: string; leaves: boolean })[] = [
  (target) => ({ bytes: get(target), leaves: false }),
  (target) => ({ bytes: request('HEAD', target), leaves: true }),
  (target) => ({ bytes: request('POST', target, ['Content-Length: 5'], 'hello'), leaves: false }),
  (target) => ({ bytes: request('POST', target, ['Content-Length: 50'], 'half'), leaves: true }),
  (target) => ({ bytes: request('POST', target, ['Transfer-Encoding: chunked'], '5\r\nhello, broken'), leaves: false }),
  (target) => ({ bytes: request('PUT', target, ['Expect: 100-continue', 'Content-Length: 5']), leaves: true }),
  (target) => ({ bytes: get(target).repeat(3), leaves: true }),
  (target) => ({ bytes: `${get(target)}GET /ha`, leaves: true }),
  () => ({ bytes: 'rubbish\0', leaves: false }),
  () => ({ bytes: '', leaves: true }),
];

describe('connections', () => {
  it('of requests of all fates leave nothing behind: no connection, no request in flight, no timer', async () => {
    const own: RequestListener = (message, response) => afterBody(message, () => response.end('own'));
    // A client that has only ended its side is owed a response: a silent upstream must not take long to give up on.
    const { client, upstream, proxy, server } = await start(own, { firstByteMs: 500 });
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    upstream.script = (seen) => FATES[/^\S+ \/(\w+)/.exec(seen.head.startLine)![1]!]!(seen);
    for (let round = 0; round < 10; round++) {
      const batch = [...Object.keys(FATES), 'own'].flatMap((fate) =>
        CLIENTS.map((make) => {
          const { bytes, leaves } = make(`/${fate}`);
          return { connection: client().send(bytes), leaves: leaves || fate === 'silent', reset: round % 2 === 0 };
        }),
      );
      await until('answers', () =>
        batch.every(({ connection, leaves }) => leaves || connection.received > 0 || connection.ended !== 'no'),
      );
      for (const { connection, reset } of batch) {
        if (reset) connection.socket.resetAndDestroy();
        else connection.socket.end();
      }
      await until('nothing in flight', () => proxy.stats().inFlight === 0);
    }
    let open = -1;
    await until('no client’s connection left', () => {
      void connectionsOf(server).then((count) => (open = count));
      return open === 0;
    });
    const { connected, free } = proxy.stats().connections;
    expect(connected).toBe(free);
    expect(upstream.sockets.size).toBe(connected);
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    await until('no timer left', () => timers() <= before + 1); // One is this wait's own.
  });

  it('answer thousands of requests that came in one go, forwarded or refused, one after the other', async () => {
    const { client } = await start();
    for (const [bytes, status] of [
      [get('/api/x'), 200],
      [request('TRACE', '/api/x'), 405],
    ] as const) {
      const connection = client().send(bytes.repeat(3_000));
      const answers = () => connection.text.split(`HTTP/1.1 ${status} `).length - 1;
      await until('3,000 answers', () => answers() === 3_000);
      expect(connection.ended).toBe('no');
    }
  });

  it('close when they are asked to: idle ones at once, busy ones when they have been answered', async () => {
    const { client, upstream, gateway, server } = await start();
    const idle = client().send(get('/api/x'));
    await idle.reply();
    const untouched = client();
    upstream.script = () => undefined;
    const busy = client().send(get('/api/busy'));
    await until('the request at the upstream', () => upstream.requests.length === 2);
    server.closeIdleConnections();
    gateway.closeUnused();
    expect([await idle.end(), await untouched.end()]).toEqual(['fin', 'fin']);
    expect(busy.ended).toBe('no');
    upstream.request(1).socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    expect((await busy.reply()).body).toBe('ok');
    server.closeIdleConnections();
    await busy.end();
  });

  it('to the upstream are waited for when the forwarder closes, and then closed', async () => {
    const { client, upstream, proxy } = await start();
    upstream.script = () => undefined;
    const connection = client().send(get('/api/x'));
    await until('the request at the upstream', () => upstream.requests.length === 1);
    let closed = false;
    void proxy.close().then(() => (closed = true));
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    upstream.request(0).socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    expect((await connection.reply()).body).toBe('ok');
    await until('the forwarder to close', () => closed && upstream.sockets.size === 0);
  });
});

describe('the application of the same process', () => {
  const MIB = 1024 * 1024;

  it('gets whole bodies, HEAD responses, and 404 from the gateway itself', async () => {
    const { client } = await start((message, response) => {
      let bytes = 0;
      message.on('data', (some: Buffer) => (bytes += some.length));
      afterBody(message, () =>
        response.writeHead(message.url === '/own/none' ? 404 : 200).end(`${message.method} ${bytes}`),
      );
    });
    const connection = client();
    const body = 'x'.repeat(300_000);
    connection.send(request('POST', '/own', [`Content-Length: ${body.length}`], body));
    expect((await connection.reply()).body).toBe('POST 300000');
    connection.send(request('POST', '/own', ['Transfer-Encoding: chunked'], `5\r\nhello\r\n0\r\n\r\n`));
    expect((await connection.reply()).body).toBe('POST 5');
    expect((await connection.send(request('HEAD', '/own')).reply({ head: true })).status).toBe(200);
    const missing = await connection.send(get('/own/none')).reply();
    expect([missing.status, missing.body]).toEqual([404, 'GET 0']);
  });

  it('answers a body early, whatever its size, and the connection serves on', async () => {
    const { client } = await start((message, response) => {
      response.writeHead(message.url === '/own' ? 413 : 200, { 'content-length': 2 }).end('ok');
    });
    for (const length of [100, 60_000, 65_200, 65_400, 65_536, 70_000, 200_000]) {
      const connection = client();
      connection.send(request('POST', '/own', [`Content-Length: ${length}`], 'x'.repeat(length)));
      expect((await connection.reply()).status).toBe(413);
      expect((await connection.send(get('/own/next')).reply()).status).toBe(200);
    }
  });

  it('writes no faster than a slow client reads, and every byte arrives', async () => {
    let response: ServerResponse | undefined;
    const { client } = await start((_, given) => {
      response = given;
      given.writeHead(200, { 'content-length': 64 * MIB });
      let written = 0;
      const next = () => {
        while (written < 64) {
          written++;
          if (!given.write(Buffer.alloc(MIB, 'x'))) return void given.once('drain', next);
        }
        given.end();
      };
      next();
    });
    const connection = client();
    connection.keep = false;
    connection.socket.pause();
    connection.send(get('/own/large'));
    await until('the application to be held back', () => (response?.writableLength ?? 0) > 0);
    expect(response!.writableFinished).toBe(false);
    connection.socket.resume();
    await until('the whole body', () => connection.received > 64 * MIB);
  });

  it('is told when the client goes away, in mid-answer and in mid-body', async () => {
    const gone: string[] = [];
    const asked: IncomingMessage[] = [];
    const { client } = await start((message, response) => {
      asked.push(message);
      response.on('close', () => response.writableFinished || gone.push(`answer to ${message.method}`));
      message.on('error', () => gone.push(`body of ${message.method}`)).resume();
      if (message.method === 'GET') response.write('half');
    });
    const reader = client().send(get('/own'));
    await until('half the response', () => reader.text.includes('half'));
    reader.destroy();
    const writer = client().send(request('POST', '/own', ['Content-Length: 10'], 'half'));
    await until('the request', () => asked.length === 2);
    writer.destroy();
    await until('the application to hear of it', () => gone.length === 2);
    // The client may have ended its side only: it is told what is wrong with its body.
    expect(gone.sort()).toEqual(['answer to GET', 'body of POST']);
  });
});
