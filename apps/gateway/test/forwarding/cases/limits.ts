import assert from 'node:assert/strict';
import { field, get, request, type Rule } from '../support/case.ts';
import { isProblem } from '../support/problem.ts';
import { until } from '../../../../../test/support/until.ts';
import { ok } from '../support/raw-upstream.ts';

export const limits: Rule = {
  rule: 'Limits for each client: bytes, fields, time, concurrent requests',
  cases: [
    {
      name: 'a body whose Content-Length is too large is refused with 413, unseen by the upstream',
      settings: { limits: { maxBodyBytes: 100 } },
      async run({ client, ask, upstream }) {
        assert.equal((await ask(request('POST', '/api/x', ['Content-Length: 100'], 'x'.repeat(100)))).status, 200);
        const connection = client().send(request('POST', '/api/x', ['Content-Length: 101'], 'x'.repeat(101)));
        isProblem(await connection.reply(), 413, 'too-large');
        assert.equal(await connection.end(), 'fin');
        assert.equal(upstream.requests.length, 1);
      },
    },
    {
      name: 'a body that turns out too large is refused with 413, and the upstream gets no whole request',
      settings: { limits: { maxBodyBytes: 100 } },
      async run({ client, upstream }) {
        const connection = client().send(request('POST', '/api/x', ['Transfer-Encoding: chunked'], '5\r\nhello\r\n'));
        await until('the head at the upstream', () => upstream.requests.length === 1);
        connection.send(`60\r\n${'x'.repeat(0x60)}\r\n0\r\n\r\n`);
        isProblem(await connection.reply(), 413, 'too-large');
        await until('the upstream connection to go', () => upstream.requests[0]?.dropped ?? false);
        assert.equal(upstream.request(0).message, undefined);
      },
    },
    {
      name: 'a client that goes on sending after a refusal can still read it before the connection closes',
      settings: { limits: { maxBodyBytes: 100, lingerMs: 5_000 } },
      async run({ client }) {
        const connection = client().send(request('POST', '/api/x', ['Content-Length: 800000'], 'x'));
        isProblem(await connection.reply(), 413, 'too-large');
        connection.send('x'.repeat(799_998));
        await until('all but the last byte to be taken', () => connection.socket.writableLength === 0);
        assert.equal(connection.ended, 'no');
        connection.send('x');
        assert.equal(await connection.end(), 'fin');
      },
    },
    {
      name: 'a path of its own kind takes larger bodies',
      settings: { limits: { maxBodyBytes: 1, largeBodies: [{ under: '/api/v1/imports', maxBytes: 10 }] } },
      async run({ ask }) {
        const post = (target: string) => request('POST', target, ['Content-Length: 10'], '0123456789');
        assert.equal((await ask(post('/api/v1/imports'))).status, 200);
        isProblem(await ask(post('/api/v1/items')), 413, 'too-large');
      },
    },
    {
      name: 'too many header fields are refused with 431',
      settings: { limits: { maxHeaders: 20 } },
      async run({ ask, upstream }) {
        const fields = (count: number) => Array.from({ length: count }, (_, i) => `X-${i}: a`);
        assert.equal((await ask(get('/api/x', ...fields(19)))).status, 200);
        isProblem(await ask(get('/api/x', ...fields(20))), 431, 'headers-too-large');
        isProblem(await ask(get('/api/x', ...fields(1_500))), 431, 'headers-too-large');
        assert.equal(upstream.requests.length, 1);
      },
    },
    {
      name: 'a header with too many bytes is refused with 431',
      settings: { limits: { maxHeaderBytes: 8_192 } },
      async run({ client, upstream }) {
        const connection = client().send(get('/api/x', `X-A: ${'a'.repeat(9_000)}`));
        isProblem(await connection.reply(), 431, 'headers-too-large');
        await connection.end();
        assert.equal(upstream.requests.length, 0);
      },
    },
    {
      name: 'an incomplete request header: 408, closed',
      settings: { limits: { headersMs: 150 } },
      async run({ client, upstream }) {
        const connection = client().send('GET /api/x HTTP/1.1\r\nHost: a\r\nX-Slow: ');
        isProblem(await connection.reply(), 408, 'request-timeout');
        await connection.end();
        assert.equal(upstream.requests.length, 0);
      },
    },
    {
      name: 'a client that sends empty lines instead of a request is disconnected',
      settings: { limits: { headersMs: 150 } },
      async run({ client, upstream }) {
        const connection = client();
        const timer = setInterval(() => connection.send('\r\n'), 20);
        await connection.end().finally(() => clearInterval(timer));
        assert.equal(upstream.requests.length, 0);
      },
    },
    {
      name: 'a client that does not read its refusals is cut off',
      settings: { limits: { idleBodyMs: 300 } },
      async run({ client }) {
        const connection = client();
        connection.socket.pause();
        let closed = false;
        connection.socket.on('close', () => (closed = true));
        const refused = Buffer.from('TRACE /api/x HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(2_000));
        const pour = () => {
          while (!closed && connection.socket.writableLength === 0) connection.send(refused);
          return closed;
        };
        await until('the connection to go', pour);
      },
    },
    {
      name: 'an incomplete request body: 408, closed, and the upstream request is cancelled',
      settings: { limits: { idleBodyMs: 150, lingerMs: 50 } },
      async run({ client, upstream }) {
        const connection = client().send(request('POST', '/api/x', ['Content-Length: 10'], 'hello'));
        isProblem(await connection.reply(), 408, 'request-timeout');
        await connection.end();
        await until('the upstream connection to go', () => upstream.requests[0]?.dropped ?? false);
      },
    },
    {
      name: 'an upstream that does not read the body: 504',
      settings: { limits: { idleBodyMs: 1_000, maxBodyBytes: 64 * 1024 * 1024 } },
      async run({ client, upstream }) {
        upstream.script = ({ socket }) => void socket.pause();
        const connection = client().send(request('POST', '/api/x', [`Content-Length: ${48 * 1024 * 1024}`]));
        connection.send(Buffer.alloc(48 * 1024 * 1024));
        isProblem(await connection.reply(), 504, 'gateway-timeout');
      },
    },
    {
      name: 'a client that does not read its response is cut off',
      settings: { limits: { idleBodyMs: 300 } },
      async run({ client, upstream }) {
        const bytes = 48 * 1024 * 1024;
        upstream.script = ({ socket }) => {
          socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n`);
          socket.write(Buffer.alloc(bytes));
        };
        const connection = client();
        connection.socket.pause();
        connection.send(get('/api/x'));
        await until('the upstream connection to go', () => upstream.requests[0]?.dropped ?? false);
        connection.keep = false;
        connection.socket.resume();
        await connection.end();
        assert.ok(connection.received < bytes);
      },
    },
    {
      name: 'a request that takes longer than the limit for a whole request: 504',
      settings: { limits: { requestMs: 200 } },
      async run({ ask, upstream }) {
        upstream.script = () => undefined;
        isProblem(await ask(get('/api/x')), 504, 'gateway-timeout');
      },
    },
    {
      name: 'a hundred slow heads and a hundred slow bodies do not keep a healthy request waiting',
      async run({ client, ask, upstream }) {
        for (let i = 0; i < 100; i++) {
          client().send('GET /api/x HTTP/1.1\r\nHost: a\r\nX-Slow: ');
          client().send(request('POST', '/api/slow', ['Content-Length: 10'], 'h'));
        }
        await until('the slow bodies at the upstream', () => upstream.requests.length === 100);
        assert.equal((await ask(get('/api/x'))).status, 200);
      },
    },
    {
      name: 'a request beyond the limit of concurrent requests is refused early: 503 with Retry-After',
      settings: { limits: { maxInFlight: 3 } },
      async run({ client, ask, upstream }) {
        upstream.script = () => undefined;
        for (let i = 0; i < 3; i++) client().send(get('/api/hang'));
        await until('three requests at the upstream', () => upstream.requests.length === 3);
        const reply = await ask(get('/api/x'));
        isProblem(reply, 503, 'unavailable');
        assert.equal(field(reply, 'retry-after'), '1');
        upstream.script = ok;
        upstream.request(0).socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        await until('nothing more at the upstream', () => upstream.requests.length === 3);
        let status = 503;
        while (status === 503) status = (await ask(get('/api/x'))).status;
        assert.equal(status, 200);
      },
    },
    {
      name: 'an upstream that keeps failing opens the circuit breaker: 503 with Retry-After, then one request tries again',
      settings: { limits: { breakerFailures: 3, breakerOpenMs: 2_000 } },
      async run({ ask, upstream }) {
        upstream.script = ({ socket }) => void socket.resetAndDestroy();
        for (let i = 0; i < 3; i++) isProblem(await ask(get('/api/x')), 502, 'bad-gateway');
        const reply = await ask(get('/api/x'));
        isProblem(reply, 503, 'unavailable');
        assert.equal(field(reply, 'retry-after'), '1');
        assert.equal(upstream.requests.length, 3);
        upstream.script = ok;
        const statuses = new Set<number>();
        while (!statuses.has(200)) statuses.add((await ask(get('/api/x'))).status);
        assert.deepEqual([...statuses], [503, 200]);
      },
    },
    {
      name: 'a client that disconnects while the breaker is half-open does not keep it from closing',
      settings: { limits: { breakerFailures: 1, breakerOpenMs: 50 } },
      async run({ client, ask, upstream }) {
        upstream.script = ({ socket }) => void socket.resetAndDestroy();
        isProblem(await ask(get('/api/x')), 502, 'bad-gateway');
        upstream.script = () => undefined;
        let trial = client().send(get('/api/x'));
        await until('a request to be let through', () => {
          if (trial.text.includes('503')) trial = client().send(get('/api/x'));
          return upstream.requests.length === 2;
        });
        trial.destroy();
        await until('the upstream connection to go', () => upstream.request(1).dropped);
        upstream.script = ok;
        assert.equal((await ask(get('/api/x'))).status, 200);
      },
    },
  ],
};
