import { afterEach, describe, expect, it } from '@jest/globals';
import { RateLimit } from '../../src/proxy/limits/rate-limit.ts';
import type { ForwardHook, RequestRecord } from '../../src/proxy/forwarded-request.ts';
import { Context, field, get, request } from './support/case.ts';
import { until } from '../../../../test/support/until.ts';
import { isProblem } from './support/problem.ts';
import { RawUpstream } from './support/raw-upstream.ts';
import { type ServeOptions, serveProxy } from './support/stockroom.ts';
import { pick } from '../../../../test/support/pick.ts';

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: Partial<ServeOptions>) {
  const upstream = await new RawUpstream().listen();
  const served = await serveProxy({ upstream: upstream.url, ...options });
  const context = new Context(upstream, served);
  closers.push(
    () => context.closeClients(),
    () => upstream.close(),
    () => served.close(),
  );
  return { ...context, upstream, proxy: served.proxy };
}

describe('the hook before forwarding', () => {
  it('changes what goes up and what comes down, at once or later', async () => {
    for (const later of [false, true]) {
      const { ask, upstream } = await start({
        beforeForward: () => {
          const result = {
            removeHeaders: ['authorization'],
            addHeaders: ['authorization', 'Bearer from-a-cookie'],
            responseHeaders: ['set-cookie', 'session=renewed'],
          };
          return later ? Promise.resolve(result) : result;
        },
      });
      const reply = await ask(get('/api/x', 'Authorization: Basic old'));
      expect(field(upstream.request(0).head, 'authorization')).toBe('Bearer from-a-cookie');
      expect(field(reply, 'set-cookie')).toBe('session=renewed');
    }
  });

  it('refuses in its own words, returned or thrown, and the upstream sees nothing', async () => {
    const refusal = { kind: 'forbidden', detail: 'Wrong origin.', extra: { headers: { 'x-why': 'origin' } } } as const;
    const ways: ForwardHook[] = [
      () => refusal,
      () => Promise.resolve(refusal),
      () => Promise.reject(Object.assign(new Error(), refusal)),
      () => {
        throw Object.assign(new Error(), refusal);
      },
    ];
    for (const beforeForward of ways) {
      const { ask, upstream } = await start({ beforeForward });
      const reply = await ask(get('/api/x'));
      isProblem(reply, 403, 'forbidden');
      expect(JSON.parse(reply.body).detail).toBe('Wrong origin.');
      expect(field(reply, 'x-why')).toBe('origin');
      expect(upstream.requests).toHaveLength(0);
    }
  });

  it('that breaks gives a 500 that does not say why; the observer learns it', async () => {
    const seen: RequestRecord[] = [];
    const { ask } = await start({
      beforeForward: () => Promise.reject(new Error('a secret')),
      onRequestEnd: (record) => seen.push(record),
    });
    const reply = await ask(get('/api/x'));
    isProblem(reply, 500, 'internal');
    expect(reply.body).not.toContain('secret');
    await until('the observer', () => seen.length === 1);
    expect(seen[0]!.cause).toEqual(new Error('a secret'));
  });

  it('that makes a request unsendable is not counted against the upstream: no other request is refused for it', async () => {
    const { ask } = await start({
      beforeForward: ({ target }) => (target === '/api/bad' ? { addHeaders: ['x-a', 'a\r\nb: c'] } : undefined),
    });
    for (let i = 0; i < 10; i++) isProblem(await ask(get('/api/bad')), 400, 'malformed-request');
    expect((await ask(get('/api/x'))).status).toBe(200);
  });

  it('that takes its time keeps a body waiting, however much more of it comes, and what follows the body', async () => {
    let proceed: (() => void) | undefined;
    const { client, upstream } = await start({
      beforeForward: ({ target }) =>
        target === '/api/slow' ? new Promise((resolve) => (proceed = () => resolve(undefined))) : undefined,
    });
    const connection = client().send(request('POST', '/api/slow', ['Content-Length: 200000'], 'x'.repeat(100)));
    await until('the hook', () => proceed !== undefined);
    connection.send('y'.repeat(199_900) + get('/api/next')).send(get('/api/last'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    proceed!();
    for (let i = 0; i < 3; i++) expect((await connection.reply()).status).toBe(200);
    expect(upstream.requests.map(({ head }) => head.startLine.split(' ')[1])).toEqual([
      ...['/api/slow', '/api/next', '/api/last'],
    ]);
    expect(upstream.message(0).body).toBe('x'.repeat(100) + 'y'.repeat(199_900));
  });

  it('that ends after the client has gone sends nothing up', async () => {
    let proceed!: () => void;
    const { client, upstream, proxy } = await start({
      beforeForward: () => new Promise((resolve) => (proceed = () => resolve(undefined))),
    });
    const connection = client().send(get('/api/x'));
    await until('the request in flight', () => proxy.stats().inFlight === 1);
    connection.destroy();
    await until('nothing in flight', () => proxy.stats().inFlight === 0);
    proceed();
    await new Promise(setImmediate);
    expect(upstream.connections).toBe(0);
  });
});

describe('renewed addresses', () => {
  it('outdate a connection too that was on its way to an old one', async () => {
    const { ask, upstream, proxy } = await start({
      beforeForward: ({ target }) => {
        if (target === '/api/first') process.nextTick(() => proxy.pool.renew());
        return undefined;
      },
    });
    await ask(get('/api/first'));
    await ask(get('/api/second'));
    expect(upstream.requests.map(({ earlier }) => earlier)).toEqual([0, 0]);
  });
});

describe('targets of the application', () => {
  it('are served by it, after the header has been found valid', async () => {
    const { ask, upstream } = await start({ application: (_, response) => void response.end('own') });
    expect((await ask(get('/own'))).body).toBe('own');
    expect((await ask(get('/api/x'))).body).toBe('ok');
    isProblem(await ask(get('/own//evil.example')), 400, 'malformed-request');
    expect(upstream.requests).toHaveLength(1);
  });
});

describe('draining', () => {
  it('serves on, and asks clients to leave', async () => {
    const { client } = await start({ isDraining: () => true });
    const connection = client().send(get('/api/x'));
    expect((await connection.reply()).status).toBe(200);
    expect(await connection.end()).toBe('fin');
  });
});

describe('the record of a request', () => {
  const without = (ended: RequestRecord) => {
    const { method, target, status, refusal, upstream, retries, client } = ended;
    return { method, target, status, refusal, upstream, retries, clientAddress: client.address };
  };

  it('tells each request’s end once, with what became of it', async () => {
    const seen: RequestRecord[] = [];
    const { ask, client, upstream } = await start({ onRequestEnd: (record) => seen.push(record) });
    const common = { retries: 0, clientAddress: '127.0.0.1' };
    await ask(request('POST', '/api/x?y', ['Content-Length: 1'], 'a'));
    await ask(get('/api/../x'));
    upstream.script = ({ socket }) => void socket.resetAndDestroy();
    await ask(request('POST', '/api/reset'));
    upstream.script = () => undefined;
    const connection = client().send(get('/api/left'));
    await until('the request at the upstream', () => upstream.requests.length === 3);
    connection.destroy();
    await until('four ends', () => seen.length === 4);
    expect(seen.map(without)).toEqual([
      { ...common, method: 'POST', target: '/api/x?y', status: 200, refusal: undefined, upstream: 'complete' },
      { ...common, method: 'GET', target: '/api/../x', status: 400, refusal: 'bad-target', upstream: 'not-sent' },
      {
        ...common,
        method: 'POST',
        target: '/api/reset',
        status: 502,
        refusal: 'connection-lost',
        upstream: 'no-response',
      },
      { ...common, method: 'GET', target: '/api/left', status: 0, refusal: 'client-gone', upstream: 'no-response' },
    ]);
    expect(seen.every(({ durationMs }) => durationMs > 0)).toBe(true);
  });

  it('tells of a refused connection that was tried once more, whatever the method', async () => {
    const seen: RequestRecord[] = [];
    const { ask, upstream } = await start({ onRequestEnd: (record) => seen.push(record) });
    await upstream.close();
    isProblem(await ask(request('POST', '/api/x', ['Content-Length: 1'], 'a')), 502, 'bad-gateway');
    await until('the end', () => seen.length === 1);
    expect(pick(without(seen[0]!), 'retries', 'refusal', 'upstream')).toEqual({
      retries: 1,
      refusal: 'connect',
      upstream: 'not-sent',
    });
  });
});

describe('rate limit', () => {
  it('says with every answer where the caller stands, and refuses with 429 what is too much', async () => {
    let now = 0;
    const rateLimit = new RateLimit({ capacity: 2, perSecond: 0.5, clock: () => now });
    const { ask, upstream } = await start({ rateLimit });
    const responseFields = async () => {
      const reply = await ask(get('/api/x'));
      return [reply.status, field(reply, 'ratelimit-policy'), field(reply, 'ratelimit'), field(reply, 'retry-after')];
    };
    const policy = '"default";q=2;w=4';
    expect(await responseFields()).toEqual([200, policy, '"default";r=1;t=2', undefined]);
    expect(await responseFields()).toEqual([200, policy, '"default";r=0;t=4', undefined]);
    expect(await responseFields()).toEqual([429, policy, '"default";r=0;t=4', '2']);
    now += 2_000;
    expect(await responseFields()).toEqual([200, policy, '"default";r=0;t=4', undefined]);
    expect(upstream.requests).toHaveLength(3);
  });

  it('counts each principal for itself, and anonymous clients by the address that the trusted hop saw', async () => {
    const rateLimit = new RateLimit({
      capacity: 1,
      perSecond: 0.001,
      principalOf: ({ headers }) => headers['x-user'] as string | undefined,
    });
    const { ask } = await start({ rateLimit, trust: { hops: 1, headers: new Set() } });
    const status = async (...lines: string[]) => (await ask(get('/api/x', ...lines))).status;
    expect([await status('X-User: ann'), await status('X-User: bob'), await status('X-User: ann')]).toEqual([
      200, 200, 429,
    ]);
    const from = (address: string) => status(`X-Forwarded-For: 6.6.6.6, ${address}`);
    expect([await from('9.9.9.1'), await from('9.9.9.2'), await from('9.9.9.1')]).toEqual([200, 200, 429]);
  });
});
