import assert from 'node:assert/strict';
import { type Case, get, type Rule } from '../support/case.ts';
import { isProblem } from '../support/problem.ts';

const REFUSED = [
  '/api/../x',
  '/api/..',
  '/..',
  '/api/./x',
  '/api/%2e%2e/x',
  '/api/.%2E/x',
  '/api/..%2fx',
  '/api/..%5cx',
  '/api/..;/x',
  '/api/.;a=b/x',
  '//evil.example',
  '//evil.example/%2e%2e',
  '/api//x',
  '/api/a%2Fb',
  '/api/a%5Cb',
  '/api/a\\b',
  '/\\evil.example',
  '/api/a%00b',
  '/api/a%0d%0aSet-Cookie:b',
  '/api/a%7f',
  '/api/a%',
  '/api/a%zz',
  '/api/a%c0%ae%c0%ae/x',
  '/api/a%ff',
  '/api/a\xe9',
  '/api/x#fragment',
  '/api/x?q=a#fragment',
  '/api/x?q=\x7f',
  'http://evil.example/api/x',
  'http://shop.example@evil.example/api/x',
  'http://shop.example/../x',
  'ftp://shop.example/api/x',
  '*',
  'api/x',
];

const PASSED = [
  '/',
  '/api/',
  '/api/x',
  '/api/x/',
  '/api/v1/items?sku=A-1&q=100%25',
  '/api/v1/items/a%20b%C3%A9',
  '/api/.well-known/x',
  '/api/a..b/x.json',
  '/api/...',
  "/api/!$&'()*+,;=:@-._~",
  '/api/x?next=//evil.example/../%2e%2e%2f\\a"<>|{}^`',
  '/api/%252e%252e/x',
];

const refused = (target: string): Case => ({
  name: `${JSON.stringify(target)} is refused with 400, and nothing reaches the upstream`,
  async run({ ask, upstream }) {
    const reply = await ask(get(target));
    assert.equal(upstream.requests.length, 0);
    isProblem(reply, 400, 'malformed-request');
  },
});

const passed = (target: string): Case => ({
  name: `${JSON.stringify(target)} reaches the upstream byte for byte`,
  async run({ ask, upstream }) {
    assert.equal((await ask(get(target))).status, 200);
    assert.equal(upstream.request(0).head.startLine, `GET ${target} HTTP/1.1`);
  },
});

export const targets: Rule = {
  rule: 'An ambiguous request target is refused, not forwarded',
  cases: [
    ...REFUSED.map(refused),
    ...PASSED.map(passed),
    {
      name: 'the absolute form is accepted for the host that Host names, and goes up as a path (RFC 9112 §3.2.2)',
      async run({ ask, upstream }) {
        assert.equal((await ask(get('http://SHOP.example/api/x?y'))).status, 200);
        assert.equal((await ask(get('http://shop.example'))).status, 200);
        assert.deepEqual(
          upstream.requests.map(({ head }) => head.startLine),
          ['GET /api/x?y HTTP/1.1', 'GET / HTTP/1.1'],
        );
      },
    },
    {
      name: 'a URL beyond the limit is refused with 414',
      settings: { limits: { maxUrlBytes: 100 } },
      async run({ ask, upstream }) {
        assert.equal((await ask(get(`/${'a'.repeat(99)}`))).status, 200);
        isProblem(await ask(get(`/${'a'.repeat(100)}`)), 414, 'uri-too-long');
        assert.equal(upstream.requests.length, 1);
      },
    },
  ],
};
