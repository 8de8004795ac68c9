import assert from 'node:assert/strict';
import { type Case, type Context, field, get, type Rule } from '../support/case.ts';
import { respond } from '../support/raw-upstream.ts';

const MADE = /^[0-9a-f]{32}$/;
const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** The field that the upstream saw. */
async function seen({ ask, upstream }: Context, name: string, ...lines: string[]): Promise<string | undefined> {
  assert.equal((await ask(get('/api/x', ...lines))).status, 200);
  return field(upstream.requests.at(-1)!.head, name);
}

const chain = (name: string, trustedHops: number, given: string[], expected: string): Case => ({
  name,
  settings: { trustedHops },
  async run(context) {
    assert.equal(await seen(context, 'x-forwarded-for', ...given), expected);
  },
});

export const forwarded: Rule = {
  rule: 'X-Forwarded-*, X-Request-Id and traceparent are trusted as far as TRUSTED_HOPS and TRUSTED_HEADERS say',
  cases: [
    chain('without a given chain, the peer is the chain', 0, [], '127.0.0.1'),
    chain('from an untrusted hop, the chain is replaced', 0, ['X-Forwarded-For: 6.6.6.6'], '127.0.0.1'),
    chain(
      'behind one hop, its entry is kept and the peer added',
      1,
      ['X-Forwarded-For: 9.9.9.9'],
      '9.9.9.9, 127.0.0.1',
    ),
    chain(
      'behind one hop, what stands before its entry is dropped',
      1,
      ['X-Forwarded-For: 6.6.6.6, 7.7.7.7', 'X-Forwarded-For: 9.9.9.9'],
      '9.9.9.9, 127.0.0.1',
    ),
    chain(
      'behind two hops, two entries are kept',
      2,
      ['X-Forwarded-For: 6.6.6.6, ::1, 9.9.9.9'],
      '::1, 9.9.9.9, 127.0.0.1',
    ),
    chain('an entry that is no address is not passed on', 1, ['X-Forwarded-For: <script>'], '127.0.0.1'),
    {
      name: 'from an untrusted hop, protocol and host are what the gateway saw',
      async run(context) {
        const lines = ['X-Forwarded-Proto: https', 'X-Forwarded-Host: evil.example', 'X-Forwarded-Port: 1'];
        assert.equal(await seen(context, 'x-forwarded-proto', ...lines), 'http');
        assert.equal(await seen(context, 'x-forwarded-host', ...lines), 'shop.example');
        assert.equal(await seen(context, 'x-forwarded-port', ...lines), undefined);
      },
    },
    {
      name: 'from a trusted hop that sets them, protocol and host are kept',
      settings: { trustedHops: 1, trustedHeaders: ['x-forwarded-host'] },
      async run(context) {
        const lines = ['X-Forwarded-Proto: https', 'X-Forwarded-Host: stock.example:8443'];
        assert.equal(await seen(context, 'x-forwarded-proto', ...lines), 'https');
        assert.equal(await seen(context, 'x-forwarded-host', ...lines), 'stock.example:8443');
      },
    },
    {
      name: 'an invalid protocol or host of a trusted hop is not passed on',
      settings: { trustedHops: 1, trustedHeaders: ['x-forwarded-host'] },
      async run(context) {
        const lines = ['X-Forwarded-Proto: gopher', 'X-Forwarded-Host: a/b?c'];
        assert.equal(await seen(context, 'x-forwarded-proto', ...lines), 'http');
        assert.equal(await seen(context, 'x-forwarded-host', ...lines), 'shop.example');
      },
    },
    {
      name: 'other fields that claim an origin are dropped, trusted or not',
      settings: { trustedHops: 1 },
      async run(context) {
        const claims = [
          'Forwarded',
          'X-Real-IP',
          'X-Client-IP',
          'True-Client-IP',
          'X-Forwarded-Server',
          'X-Original-URL',
        ];
        for (const claim of claims) assert.equal(await seen(context, claim, `${claim}: for=6.6.6.6`), undefined, claim);
      },
    },
    {
      name: 'the upstream’s own name is its Host, whatever the client’s was',
      async run(context) {
        assert.equal(await seen(context, 'host'), `127.0.0.1:${context.upstream.port}`);
      },
    },
    {
      name: 'a request id is made, goes up and comes back, and an untrusted one is replaced',
      async run({ ask, upstream }) {
        upstream.script = respond('HTTP/1.1 200 OK\r\nX-Request-Id: another-one\r\nContent-Length: 0\r\n\r\n');
        const reply = await ask(get('/api/x', 'X-Request-Id: chosen-by-the-client'));
        const id = field(upstream.request(0).head, 'x-request-id')!;
        assert.match(id, MADE);
        assert.equal(field(reply, 'x-request-id'), id);
        assert.equal(field(reply, 'traceparent')!.split('-')[1], id);
      },
    },
    {
      name: 'a valid request id of a trusted hop that sets it is kept, another one replaced',
      settings: { trustedHops: 1, trustedHeaders: ['x-request-id'] },
      async run(context) {
        assert.equal(await seen(context, 'x-request-id', 'X-Request-Id: from-the-hop-1'), 'from-the-hop-1');
        assert.match((await seen(context, 'x-request-id', 'X-Request-Id: a b"c;d=e,f'))!, MADE);
      },
    },
    {
      name: 'a traceparent is made, goes up and comes back, and an untrusted one is replaced',
      async run({ ask, upstream }) {
        const reply = await ask(get('/api/x', `Traceparent: ${PARENT}`, 'Tracestate: a=b'));
        const { head } = upstream.request(0);
        assert.match(field(head, 'traceparent')!, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
        assert.notEqual(field(head, 'traceparent'), PARENT);
        assert.equal(field(head, 'tracestate'), undefined);
        assert.equal(field(reply, 'traceparent'), field(head, 'traceparent'));
      },
    },
    {
      name: 'a valid traceparent of a trusted hop that sets it goes on with its tracestate',
      settings: { trustedHops: 1, trustedHeaders: ['traceparent'] },
      async run(context) {
        const lines = [`Traceparent: ${PARENT}`, 'Tracestate: a=b'];
        assert.equal(await seen(context, 'traceparent', ...lines), PARENT);
        assert.equal(await seen(context, 'tracestate', ...lines), 'a=b');
        assert.notEqual(await seen(context, 'traceparent', 'Traceparent: 00-00-00-00'), '00-00-00-00');
      },
    },
  ],
};
