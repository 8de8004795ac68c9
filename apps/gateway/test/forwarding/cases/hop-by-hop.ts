import assert from 'node:assert/strict';
import { field, get, type Rule } from '../support/case.ts';
import { respond } from '../support/raw-upstream.ts';

const HOP_FIELDS = [
  'Keep-Alive: timeout=5',
  'Proxy-Connection: keep-alive',
  'Proxy-Authorization: Basic c2VjcmV0',
  'TE: trailers',
  'Trailer: X-Sum',
  'Upgrade: h2c',
];

export const hopByHop: Rule = {
  rule: 'Hop-by-hop fields are removed in both directions (RFC 9110 §7.6.1)',
  cases: [
    {
      name: 'a request with Keep-Alive alone is served',
      async run({ ask, upstream }) {
        assert.equal((await ask(get('/api/x', 'Keep-Alive: timeout=5'))).status, 200);
        assert.equal(field(upstream.request(0).head, 'keep-alive'), undefined);
      },
    },
    ...HOP_FIELDS.map((line) => ({
      name: `the request field ${line.split(':')[0]} is dropped`,
      async run({ ask, upstream }: Parameters<Rule['cases'][0]['run']>[0]) {
        assert.equal((await ask(get('/api/x', line, 'X-Kept: yes'))).status, 200);
        assert.equal(field(upstream.request(0).head, line.split(':')[0]!), undefined);
        assert.equal(field(upstream.request(0).head, 'x-kept'), 'yes');
      },
    })),
    {
      name: 'the fields that the request’s Connection names are dropped, in any case and on any line',
      async run({ ask, upstream }) {
        await ask(
          get('/api/x', 'Connection: close, X-Secret', 'X-Secret: 1', 'connection: x-other', 'X-Other: 2', 'X-Kept: 3'),
        );
        const { head } = upstream.request(0);
        assert.deepEqual(
          [field(head, 'x-secret'), field(head, 'x-other'), field(head, 'x-kept')],
          [undefined, undefined, '3'],
        );
      },
    },
    {
      name: 'Connection cannot take the body’s length or the gateway’s own fields away',
      async run({ ask, upstream }) {
        const lines = ['Connection: content-length, x-forwarded-for, via', 'Content-Length: 5'];
        await ask(['POST /api/x HTTP/1.1', 'Host: a', ...lines, '', 'hello'].join('\r\n'));
        const { head } = upstream.request(0);
        const message = upstream.message(0);
        assert.equal(message.body, 'hello');
        assert.equal(field(head, 'content-length'), '5');
        assert.equal(field(head, 'x-forwarded-for'), '127.0.0.1');
        assert.equal(field(head, 'via'), '1.1 stockroom');
      },
    },
    {
      name: 'hop-by-hop fields of the response, and those that its Connection names, are dropped',
      async run({ ask, upstream }) {
        upstream.script = respond(
          'HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Internal\r\nX-Internal: 1\r\nKeep-Alive: timeout=999\r\n' +
            'Proxy-Authenticate: Basic\r\nProxy-Connection: keep-alive\r\nTrailer: X-Sum\r\nUpgrade: h2c\r\nTE: trailers\r\n' +
            'X-Kept: yes\r\nContent-Length: 2\r\n\r\nok',
        );
        const reply = await ask(get('/api/x'));
        for (const name of ['x-internal', 'proxy-authenticate', 'proxy-connection', 'trailer', 'upgrade', 'te'])
          assert.equal(field(reply, name), undefined, name);
        assert.doesNotMatch(field(reply, 'keep-alive') ?? '', /999/);
        assert.doesNotMatch(field(reply, 'connection') ?? '', /internal/i);
        assert.equal(field(reply, 'x-kept'), 'yes');
      },
    },
    {
      name: 'a response framed by Transfer-Encoding is framed anew, with one Transfer-Encoding field',
      async run({ ask, upstream }) {
        upstream.script = respond('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n');
        const reply = await ask(get('/api/x'));
        assert.equal(field(reply, 'transfer-encoding'), 'chunked');
        assert.equal(reply.body, 'hello');
      },
    },
    {
      name: 'Via is added both ways, after what earlier hops wrote',
      async run({ ask, upstream }) {
        upstream.script = respond('HTTP/1.1 200 OK\r\nVia: 1.1 inner\r\nContent-Length: 0\r\n\r\n');
        const reply = await ask(get('/api/x', 'Via: 1.0 outer'));
        assert.equal(field(upstream.request(0).head, 'via'), '1.0 outer, 1.1 stockroom');
        assert.equal(field(reply, 'via'), '1.1 inner, 1.1 stockroom');
      },
    },
  ],
};
