import assert from 'node:assert/strict';
import { type Case, field, get, request, type Rule } from '../support/case.ts';
import { isProblem } from '../support/problem.ts';
import { respond } from '../support/raw-upstream.ts';
import { values } from '../support/http-text.ts';

const bodiless = (status: string, fields: string, body: string): Case => ({
  name: `a ${status} that comes with a body goes on without it, and the connection serves the next request`,
  async run({ client, upstream }) {
    upstream.script = respond(`HTTP/1.1 ${status}\r\n${fields}\r\n\r\n${body}`);
    const connection = client().send(get('/api/x'));
    assert.equal((await connection.reply()).status, Number(status.slice(0, 3)));
    upstream.script = respond('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext');
    assert.equal((await connection.send(get('/api/y')).reply()).body, 'next');
  },
});

export const messages: Rule = {
  rule: 'Message semantics are preserved (RFC 9110): 1xx, 204, 304, HEAD, trailers, ranges, codings',
  cases: [
    {
      name: 'codings, validators, ranges and repeated fields pass untouched, the bytes too',
      async run({ ask, upstream }) {
        const body = '\x1f\x8b\x08\x00\xff\xfe\x00binary\r\n\r\n';
        const lines = [
          'Content-Encoding: gzip',
          'ETag: W/"a1"',
          'Content-Range: bytes 0-16/100',
          'Set-Cookie: a=1; Path=/',
          'Set-Cookie: b=2, c',
          'Date: Mon, 23 Nov 2026 12:00:00 GMT',
          'X-Latin: caf\xe9',
        ];
        upstream.script = respond(
          `HTTP/1.1 206 Some Of It\r\n${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        );
        const reply = await ask(get('/api/x', 'Range: bytes=0-16', 'Accept-Encoding: gzip', 'If-Range: W/"a1"'));
        assert.equal(reply.startLine, 'HTTP/1.1 206 Some Of It');
        assert.equal(reply.body, body);
        for (const line of lines) {
          const [name, value] = line.split(/: (.*)/s) as [string, string];
          assert.ok(values(reply.fields, name).includes(value), line);
        }
        assert.equal(values(reply.fields, 'set-cookie').length, 2);
        assert.equal(values(reply.fields, 'date').length, 1);
        const { head } = upstream.request(0);
        assert.equal(field(head, 'range'), 'bytes=0-16');
        assert.equal(field(head, 'accept-encoding'), 'gzip');
        assert.equal(field(head, 'if-range'), 'W/"a1"');
      },
    },
    {
      name: 'the response to HEAD keeps its Content-Length and has no body',
      async run({ client, upstream }) {
        upstream.script = respond('HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n');
        const connection = client().send(request('HEAD', '/api/x'));
        assert.equal(field(await connection.reply({ head: true }), 'content-length'), '1234');
        upstream.script = respond('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext');
        assert.equal((await connection.send(get('/api/y')).reply()).body, 'next');
      },
    },
    bodiless('204 No Content', 'X-A: 1', ''),
    bodiless('204 No Content', 'Content-Length: 5', 'extra'),
    bodiless('304 Not Modified', 'ETag: "a"\r\nContent-Length: 5', 'extra'),
    {
      name: 'a 204 never says how long its body is, a 304 may say how long it would have been (RFC 9110 §8.6)',
      async run({ ask, upstream }) {
        upstream.script = respond('HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n');
        const empty = await ask(get('/api/x'));
        assert.deepEqual([field(empty, 'content-length'), field(empty, 'transfer-encoding')], [undefined, undefined]);
        upstream.script = respond('HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 5\r\n\r\n');
        const unchanged = await ask(get('/api/x', 'If-None-Match: "a"'));
        assert.deepEqual([unchanged.status, field(unchanged, 'etag')], [304, '"a"']);
        assert.equal(field(unchanged, 'transfer-encoding'), undefined);
      },
    },
    {
      name: '103 Early Hints are forwarded before the response, without hop-by-hop fields',
      async run({ ask, upstream }) {
        upstream.script = respond(
          'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nConnection: X-B\r\nX-B: 1\r\n\r\n' +
            'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
        );
        const reply = await ask(get('/api/x'));
        assert.deepEqual(reply.interim, ['HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n']);
        assert.deepEqual([reply.status, reply.body], [200, 'ok']);
      },
    },
    {
      name: 'an HTTP/1.0 client gets no 1xx and no chunks, and the connection’s end ends the body',
      async run({ client, upstream }) {
        upstream.script = respond(
          'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
        );
        const connection = client().send('GET /api/x HTTP/1.0\r\nHost: a\r\n\r\n');
        await connection.end();
        const reply = await connection.reply();
        assert.deepEqual([reply.interim, reply.body, field(reply, 'transfer-encoding')], [[], 'hello', undefined]);
        assert.equal(field(upstream.request(0).head, 'via'), '1.0 stockroom');
      },
    },
    {
      name: 'trailers are dropped, never merged into the header (RFC 9110 §6.5.1)',
      async run({ ask, upstream }) {
        upstream.script = respond(
          'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\nSet-Cookie: a=b\r\n\r\n',
        );
        const reply = await ask(get('/api/x', 'TE: trailers'));
        assert.deepEqual(
          [reply.body, reply.trailers, field(reply, 'x-sum'), field(reply, 'set-cookie')],
          ['hello', '', undefined, undefined],
        );
      },
    },
    {
      name: 'a body that ends with the upstream’s connection is forwarded whole',
      async run({ ask, upstream }) {
        upstream.script = async ({ whole, socket }) => {
          await whole;
          socket.end('HTTP/1.0 200 OK\r\nX-A: 1\r\n\r\nhello');
        };
        assert.equal((await ask(get('/api/x'))).body, 'hello');
      },
    },
    ...['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method): Case => ({
      name: `${method} goes up with its body and its type`,
      async run({ ask, upstream }) {
        const lines = ['Content-Type: text/csv', 'Content-Length: 5'];
        assert.equal((await ask(request(method, '/api/x', lines, 'a,b\r\n'))).status, 200);
        const { head } = upstream.request(0);
        const message = upstream.message(0);
        assert.deepEqual(
          [message.body, head.startLine, field(head, 'content-type'), field(head, 'content-length')],
          ['a,b\r\n', `${method} /api/x HTTP/1.1`, 'text/csv', '5'],
        );
      },
    })),
    {
      name: 'an empty body is empty, not missing',
      async run({ ask, upstream }) {
        assert.equal((await ask(request('POST', '/api/x', ['Content-Length: 0']))).status, 200);
        assert.equal(field(upstream.request(0).head, 'content-length'), '0');
      },
    },
    {
      name: 'pipelined requests are answered in order',
      async run({ client, upstream }) {
        upstream.script = async ({ whole, socket, head }) => {
          await whole;
          const [, path] = head.startLine.split(' ') as [string, string];
          setTimeout(
            () => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`),
            path === '/1' ? 30 : 0,
          );
        };
        const connection = client().send(get('/1') + get('/2') + get('/3'));
        const bodies = [await connection.reply(), await connection.reply(), await connection.reply()].map(
          ({ body }) => body,
        );
        assert.deepEqual(bodies, ['/1', '/2', '/3']);
      },
    },
    {
      name: 'Connection: close is honoured on the client’s side and not told to the upstream',
      async run({ client, upstream }) {
        const connection = client().send(get('/api/x', 'Connection: close'));
        assert.equal((await connection.reply()).status, 200);
        assert.equal(await connection.end(), 'fin');
        assert.equal(field(upstream.request(0).head, 'connection'), 'keep-alive');
      },
    },
    {
      name: 'Expect: 100-continue is answered when the upstream takes the body, and is not forwarded',
      async run({ client, upstream }) {
        const connection = client().send(request('POST', '/api/x', ['Expect: 100-continue', 'Content-Length: 5']));
        while (!connection.text.includes('100 Continue')) await new Promise((resolve) => setTimeout(resolve, 2));
        const reply = await connection.send('hello').reply();
        assert.deepEqual([reply.interim, reply.status], [['HTTP/1.1 100 Continue\r\n\r\n'], 200]);
        assert.equal(upstream.message(0).body, 'hello');
        assert.equal(field(upstream.request(0).head, 'expect'), undefined);
      },
    },
    {
      name: 'a body that is too large is refused instead of being invited by 100',
      settings: { limits: { maxBodyBytes: 4 } },
      async run({ client, upstream }) {
        const connection = client().send(request('POST', '/api/x', ['Expect: 100-continue', 'Content-Length: 5']));
        const reply = await connection.reply();
        isProblem(reply, 413, 'too-large');
        assert.deepEqual(reply.interim, []);
        await connection.end();
        assert.equal(upstream.requests.length, 0);
      },
    },
  ],
};
