import assert from 'node:assert/strict';
import { type Case, field, get, request, type Rule } from '../support/case.ts';
import { isProblem } from '../support/problem.ts';
import { until } from '../../../../../test/support/until.ts';
import { respond, ok } from '../support/raw-upstream.ts';

const INVALID_RESPONSES: [name: string, bytes: string][] = [
  ['bytes that are not HTTP', 'hello, I am a mail server\r\n\r\n'],
  ['a status that is no number', 'HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n'],
  ['a version that is not HTTP/1', 'HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n'],
  ['two different lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok'],
  ['a length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok'],
  ['a folded field', 'HTTP/1.1 200 OK\r\nX-A: a\r\n b\r\nContent-Length: 0\r\n\r\n'],
  ['a control character in a field', 'HTTP/1.1 200 OK\r\nX-A: a\x01b\r\nContent-Length: 0\r\n\r\n'],
  ['a null byte in a field', 'HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 0\r\n\r\n'],
  ['a header without end', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(20_000)}\r\n`],
  [
    'an interim response with a length',
    'HTTP/1.1 103 Hints\r\nContent-Length: 2\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  ],
  ['an interim response in HTTP/1.0', 'HTTP/1.0 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
  [
    'an interim response that closes',
    'HTTP/1.1 103 Hints\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  ],
  ['a last field without a colon', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A\r\n\r\n'],
  ['an unrequested 101', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
];

const invalidResponse = ([name, bytes]: (typeof INVALID_RESPONSES)[0]): Case => ({
  name: `${name}: 502, and the next request is served`,
  async run({ client, upstream }) {
    upstream.script = respond(bytes);
    const connection = client().send(get('/api/x'));
    isProblem(await connection.reply(), 502, 'bad-gateway');
    upstream.script = ok;
    assert.equal((await connection.send(get('/api/y')).reply()).status, 200);
  },
});

const dying = (name: string, head: string, how: 'end' | 'resetAndDestroy', version = '1.1'): Case => ({
  name: `an upstream that dies in mid-body (${name}) leaves no response that could pass for complete`,
  async run({ client, upstream }) {
    upstream.script = ({ socket }) => void socket.write(`${head}\r\n\r\n`);
    const connection = client().send(`GET /api/x HTTP/${version}\r\nHost: a\r\n\r\n`);
    await until('the head', () => connection.text.includes('\r\n\r\n'));
    const { socket } = upstream.request(0);
    socket.write(head.includes('chunked') ? '4\r\nhalf\r\n' : 'half');
    await until('half the response', () => connection.text.includes('half'));
    socket[how]();
    const end = await connection.end();
    const saysSo = head.includes('Length') || connection.text.toLowerCase().includes('transfer-encoding: chunked');
    if (saysSo) await assert.rejects(connection.reply({ deadlineMs: 50 }));
    else assert.equal(end, 'reset');
  },
});

export const faults: Rule = {
  rule: 'A fault of the upstream is a 502 or 504 in problem+json, and affects no other request',
  cases: [
    {
      name: 'an upstream that refuses connections: 502',
      async run({ ask, upstream }) {
        await upstream.close();
        isProblem(await ask(get('/api/x')), 502, 'bad-gateway');
      },
    },
    {
      name: 'an upstream that resets the connection: 502',
      async run({ ask, upstream }) {
        upstream.script = ({ socket }) => void socket.resetAndDestroy();
        isProblem(await ask(get('/api/x')), 502, 'bad-gateway');
        isProblem(await ask(request('POST', '/api/x', ['Content-Length: 2'], 'ab')), 502, 'bad-gateway');
        assert.equal(upstream.requests.length, 2);
      },
    },
    {
      name: 'an upstream that closes without a response: 502',
      async run({ ask, upstream }) {
        upstream.script = ({ socket }) => void socket.end();
        isProblem(await ask(get('/api/x')), 502, 'bad-gateway');
      },
    },
    {
      name: 'an upstream that dies in the middle of its header: 502',
      async run({ ask, upstream }) {
        upstream.script = ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\nContent-Le');
        isProblem(await ask(get('/api/x')), 502, 'bad-gateway');
      },
    },
    ...INVALID_RESPONSES.map(invalidResponse),
    {
      name: 'bytes after a response’s end never become the response to another request',
      async run({ client, upstream }) {
        upstream.script = respond(
          'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil',
        );
        const connection = client().send(get('/api/x'));
        assert.equal((await connection.reply()).body, 'ok');
        upstream.script = respond('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood');
        assert.equal((await connection.send(get('/api/y')).reply()).body, 'good');
      },
    },
    dying('with a length, closed', 'HTTP/1.1 200 OK\r\nContent-Length: 9', 'end'),
    dying('with a length, reset', 'HTTP/1.1 200 OK\r\nContent-Length: 9', 'resetAndDestroy'),
    dying('chunked, closed', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked', 'end'),
    dying('chunked, reset', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked', 'resetAndDestroy'),
    dying('without a length, reset', 'HTTP/1.1 200 OK\r\nConnection: close', 'resetAndDestroy'),
    dying('chunked, closed, for HTTP/1.0', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked', 'end', '1.0'),
    {
      name: 'a 503 with Retry-After is asked for once and passed on',
      async run({ ask, upstream }) {
        upstream.script = respond('HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 4\r\n\r\nbusy');
        const reply = await ask(get('/api/x'));
        assert.deepEqual([reply.status, field(reply, 'retry-after'), reply.body], [503, '1', 'busy']);
        assert.equal(upstream.requests.length, 1);
      },
    },
    {
      name: 'an upstream that does not respond: 504, and the upstream request is cancelled',
      settings: { limits: { firstByteMs: 150 } },
      async run({ ask, upstream }) {
        upstream.script = () => undefined;
        isProblem(await ask(get('/api/x')), 504, 'gateway-timeout');
        await until('the upstream connection to go', () => upstream.requests[0]?.dropped ?? false);
      },
    },
    {
      name: 'an upstream that drips its header byte by byte: 504',
      settings: { limits: { firstByteMs: 150 } },
      async run({ ask, upstream }) {
        upstream.script = ({ socket }) => {
          const timer = setInterval(() => socket.write('H'), 20);
          socket.on('close', () => clearInterval(timer));
          socket.write('HTTP/1.1 200 OK\r\nX-Drip: ');
        };
        isProblem(await ask(get('/api/x')), 504, 'gateway-timeout');
      },
    },
    {
      name: 'an upstream that stalls in mid-body: the response is cut off',
      settings: { limits: { idleBodyMs: 150 } },
      async run({ client, upstream }) {
        upstream.script = respond('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
        const connection = client().send(get('/api/x'));
        await connection.end();
        assert.match(connection.text, /half$/);
        await until('the upstream connection to go', () => upstream.requests[0]?.dropped ?? false);
      },
    },
    {
      name: 'an upstream that drips its body within the limit is passed on whole',
      settings: { limits: { idleBodyMs: 3_000, firstByteMs: 3_000 } },
      async run({ ask, upstream }) {
        upstream.script = ({ socket }) => {
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n');
          let left = 8;
          const timer = setInterval(() => (left-- > 0 ? socket.write('.') : clearInterval(timer)), 400);
          socket.on('close', () => clearInterval(timer));
        };
        assert.equal((await ask(get('/api/x'))).body, '........');
      },
    },
    {
      name: 'while some requests hang, others are served',
      async run({ client, ask, upstream }) {
        upstream.script = (seen) => (seen.head.startLine.includes('hang') ? undefined : ok(seen));
        for (let i = 0; i < 50; i++) client().send(get('/api/hang'));
        await until('the hanging requests at the upstream', () => upstream.requests.length === 50);
        assert.equal((await ask(get('/api/x'))).status, 200);
      },
    },
    {
      name: 'an upstream that recovers is used again at once',
      async run({ ask, upstream }) {
        const { port } = upstream;
        assert.equal((await ask(get('/api/x'))).status, 200);
        await upstream.close();
        isProblem(await ask(get('/api/x')), 502, 'bad-gateway');
        await upstream.listen(port);
        assert.equal((await ask(get('/api/x'))).status, 200);
      },
    },
  ],
};
