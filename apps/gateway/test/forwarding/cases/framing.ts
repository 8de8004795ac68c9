import assert from 'node:assert/strict';
import { type Case, type Rule } from '../support/case.ts';
import { isProblem } from '../support/problem.ts';

const HOST = 'Host: shop.example\r\n';
const HIDDEN = 'GET /api/hidden HTTP/1.1\r\nHost: shop.example\r\n\r\n';
const CHUNKED = `POST /api/x HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`;
const post = (fields: string, body: string) => `POST /api/x HTTP/1.1\r\n${HOST}${fields}\r\n${body}`;
const lines = (fields: string) => `GET /api/x HTTP/1.1\r\n${HOST}${fields}\r\n`;

/** Shapes by which one reader finds a request where another one finds a body; each carries a request to be smuggled. */
const REFUSED: [name: string, bytes: string, status?: number][] = [
  [
    'Content-Length, then Transfer-Encoding',
    post('Content-Length: 6\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${HIDDEN}`),
  ],
  [
    'Transfer-Encoding, then Content-Length',
    post('Transfer-Encoding: chunked\r\nContent-Length: 6\r\n', `0\r\n\r\n${HIDDEN}`),
  ],
  ['two different Content-Lengths', post('Content-Length: 0\r\nContent-Length: 5\r\n', HIDDEN)],
  ['the same Content-Length twice', post('Content-Length: 5\r\nContent-Length: 5\r\n', `hello${HIDDEN}`)],
  ['a list as Content-Length', post('Content-Length: 5, 5\r\n', `hello${HIDDEN}`)],
  ['a signed Content-Length', post('Content-Length: +5\r\n', `hello${HIDDEN}`)],
  ['a hexadecimal Content-Length', post('Content-Length: 0x5\r\n', `hello${HIDDEN}`)],
  ['an empty Content-Length', post('Content-Length:\r\n', HIDDEN)],
  ['chunked twice in one field', post('Transfer-Encoding: chunked, chunked\r\n', `0\r\n\r\n${HIDDEN}`)],
  [
    'chunked twice on two lines',
    post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${HIDDEN}`),
  ],
  ['chunked, then identity', post('Transfer-Encoding: chunked, identity\r\n', `0\r\n\r\n${HIDDEN}`)],
  ['identity', post('Transfer-Encoding: identity\r\n', HIDDEN)],
  ['a coding that only looks like chunked', post('Transfer-Encoding: xchunked\r\n', `0\r\n\r\n${HIDDEN}`)],
  ['a vertical tab before chunked', post('Transfer-Encoding:\x0bchunked\r\n', `0\r\n\r\n${HIDDEN}`)],
  ['an empty list member before chunked', post('Transfer-Encoding: ,chunked\r\n', `0\r\n\r\n${HIDDEN}`)],
  ['gzip under chunked', post('Transfer-Encoding: gzip, chunked\r\n', `0\r\n\r\n${HIDDEN}`), 501],
  [
    'Transfer-Encoding in HTTP/1.0',
    `POST /api/x HTTP/1.0\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  ],
  ['a space before the colon', post('Transfer-Encoding : chunked\r\n', `0\r\n\r\n${HIDDEN}`)],
  ['a folded field', lines('X-A: a\r\n b\r\n')],
  ['a folded Transfer-Encoding', post('Transfer-Encoding:\r\n chunked\r\n', `0\r\n\r\n${HIDDEN}`)],
  ['a space before the first field', `GET /api/x HTTP/1.1\r\n X: y\r\n${HOST}\r\n`],
  ['bare LF between fields', lines('X-A: a\nTransfer-Encoding: chunked\r\n')],
  ['bare LF everywhere', 'GET /api/x HTTP/1.1\nHost: shop.example\n\n'],
  ['bare CR in a field', lines('X-A: a\rTransfer-Encoding: chunked\r\n')],
  ['a null byte in a field', lines('X-A: a\0b\r\n')],
  ['a control character in a field', lines('X-A: a\x01b\r\n')],
  ['a field without a colon', lines('X-A\r\n')],
  ['a last field without a colon', `GET /api/x HTTP/1.1\r\n${HOST}X-A\r\n\r\n`],
  ['an unknown method', `BREW /api/x HTTP/1.1\r\n${HOST}\r\n`, 501],
  ['a method in lower case', `get /api/x HTTP/1.1\r\n${HOST}\r\n`, 501],
  ['a field without a name', lines(': a\r\n')],
  ['two Host fields', lines('Host: other.example\r\n')],
  ['the same Host twice', lines('Host: shop.example\r\n')],
  ['no Host', 'GET /api/x HTTP/1.1\r\n\r\n'],
  ['a Host that is no host', 'GET /api/x HTTP/1.1\r\nHost: a/b\r\n\r\n'],
  ['a Host with a user', 'GET /api/x HTTP/1.1\r\nHost: a@b\r\n\r\n'],
  ['two Authorization fields', lines('Authorization: Bearer a\r\nAuthorization: Bearer b\r\n')],
  ['HTTP/2.0', `GET /api/x HTTP/2.0\r\n${HOST}\r\n`],
  ['HTTP/0.9', 'GET /api/x\r\n\r\n'],
  ['a chunk size with a sign', `${CHUNKED}-1\r\nx\r\n0\r\n\r\n`],
  ['a chunk size with 0x', `${CHUNKED}0x1\r\nx\r\n0\r\n\r\n`],
  ['a chunk size past 64 bits', `${CHUNKED}10000000000000001\r\nx\r\n0\r\n\r\n`],
  ['a space after a chunk size', `${CHUNKED}1 \r\nx\r\n0\r\n\r\n`],
  ['bare LF after a chunk size', `${CHUNKED}1\nx\r\n0\r\n\r\n`],
  ['bare LF after a chunk extension', `${CHUNKED}1;a\nx\r\n0\r\n\r\n`],
  ['a chunk extension with an open quote', `${CHUNKED}1;a="b\r\nx\r\n0\r\n\r\n`],
  ['a Content-Length as trailer', `${CHUNKED}0\r\nContent-Length: 5\r\n\r\n${HIDDEN}`],
  ['a trailer without a colon', `${CHUNKED}0\r\nX-A\r\n\r\n${HIDDEN}`],
  ['a chunk longer than it says', `${CHUNKED}1\r\nxyz\r\n0\r\n\r\n${HIDDEN}`],
  ['bytes that are not HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
];

const refused = ([name, bytes, status = 400]: (typeof REFUSED)[0]): Case => ({
  name: `${name}: ${status}, connection closed, and no second request is found in it`,
  async run({ client, upstream }) {
    const connection = client().send(bytes);
    const reply = await connection.reply();
    isProblem(reply, status, status === 501 ? 'not-implemented' : 'malformed-request');
    await connection.end();
    assert.equal(connection.text, '');
    assert.ok(upstream.requests.every(({ message, head }) => !message && !head.startLine.includes('hidden')));
  },
});

export const framing: Rule = {
  rule: 'Ambiguous message framing is refused (RFC 9112 §6, §11.2)',
  cases: [
    ...REFUSED.map(refused),
    {
      name: 'chunk extensions and trailers of a request are dropped, its bytes are forwarded',
      async run({ ask, upstream }) {
        const body = '3;a=b;c="d"\r\nabc\r\n2\r\nde\r\n0\r\nHost: evil\r\nX-Sum: 1\r\n\r\n';
        assert.equal((await ask(CHUNKED + body)).status, 200);
        const { head } = upstream.request(0);
        const message = upstream.message(0);
        assert.equal(message.body, 'abcde');
        assert.equal(message.trailers, '');
        assert.deepEqual([head.fields.filter(([name]) => name.toLowerCase() === 'host').length], [1]);
      },
    },
    {
      name: 'a chunk extension without a name, which node:http accepts, is dropped like any other',
      async run({ client, upstream }) {
        const connection = client().send(`${CHUNKED}1;=b\r\nx\r\n0\r\n\r\n${lines('')}`);
        assert.deepEqual([(await connection.reply()).status, (await connection.reply()).status], [200, 200]);
        assert.deepEqual(
          upstream.requests.map(({ message }) => message?.body),
          ['x', ''],
        );
      },
    },
    {
      name: 'a body that looks like a request is a body',
      async run({ client, upstream }) {
        const connection = client().send(post(`Content-Length: ${HIDDEN.length}\r\n`, HIDDEN));
        assert.equal((await connection.reply()).status, 200);
        assert.equal(upstream.requests.length, 1);
        assert.equal(upstream.message(0).body, HIDDEN);
        assert.equal((await connection.send(lines('')).reply()).status, 200);
      },
    },
    {
      name: 'a GET may have a body, and it ends where it says',
      async run({ client, upstream }) {
        const connection = client().send(lines('Content-Length: 5\r\n').concat('hello', lines('')));
        assert.deepEqual([(await connection.reply()).status, (await connection.reply()).status], [200, 200]);
        assert.deepEqual(
          upstream.requests.map(({ message }) => message?.body),
          ['hello', ''],
        );
      },
    },
    {
      name: 'what follows a request on its connection and is not HTTP is refused after it',
      async run({ client, upstream }) {
        const connection = client().send(`${lines('')}\0\0\0\0`);
        assert.equal((await connection.reply()).status, 200);
        isProblem(await connection.reply(), 400, 'malformed-request');
        assert.equal(await connection.end(), 'fin');
        assert.equal(upstream.requests.length, 1);
      },
    },
    {
      name: 'CONNECT is refused with 501',
      async run({ ask, upstream }) {
        isProblem(await ask(`CONNECT evil.example:443 HTTP/1.1\r\n${HOST}\r\n`), 501, 'not-implemented');
        assert.equal(upstream.requests.length, 0);
      },
    },
    {
      name: 'a WebSocket upgrade is refused with 501',
      async run({ client, upstream }) {
        const connection = client().send(
          lines(
            'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n',
          ),
        );
        isProblem(await connection.reply(), 501, 'not-implemented');
        await connection.end();
        assert.equal(upstream.requests.length, 0);
      },
    },
    {
      name: 'TRACE, which would show a caller’s credentials to a script, is refused with 405',
      async run({ ask, upstream }) {
        isProblem(await ask(`TRACE /api/x HTTP/1.1\r\n${HOST}\r\n`), 405, 'method-not-allowed');
        assert.equal(upstream.requests.length, 0);
      },
    },
  ],
};
