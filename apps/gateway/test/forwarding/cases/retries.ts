import assert from 'node:assert/strict';
import { type Case, type Context, get, request, type Rule } from '../support/case.ts';
import { isProblem } from '../support/problem.ts';
import { until } from '../../../../../test/support/until.ts';
import { ok, type Script } from '../support/raw-upstream.ts';

/** Each connection serves one request, then breaks under the next. */
const servesOnce: Script = (seen) => {
  if (seen.earlier > 0) seen.socket.resetAndDestroy();
  else return ok(seen);
};

/** Leaves the proxy with one idle connection that will break. */
async function warm({ ask, upstream }: Context): Promise<void> {
  upstream.script = servesOnce;
  assert.equal((await ask(get('/api/first'))).status, 200);
}

const repeated = (name: string, bytes: string, body = ''): Case => ({
  name: `${name} on a used connection that turns out dead is sent once more`,
  async run(context) {
    await warm(context);
    const reply = await context.ask(bytes, { head: bytes.startsWith('HEAD') });
    assert.equal(reply.status, 200);
    const { requests } = context.upstream;
    assert.deepEqual(
      requests.map(({ earlier }) => earlier),
      [0, 1, 0],
    );
    assert.equal(requests[2]?.head.startLine, requests[1]?.head.startLine);
    assert.equal(requests[2]?.message?.body, body);
  },
});

const once = (name: string, bytes: string): Case => ({
  name: `${name} is never sent twice`,
  async run(context) {
    await warm(context);
    isProblem(await context.ask(bytes), 502, 'bad-gateway');
    assert.equal(context.upstream.requests.length, 2);
  },
});

const KEY = 'Idempotency-Key: 0194-abcd';

export const retries: Rule = {
  rule: 'A request is retried only where the upstream cannot have acted on it, or where it is repeatable',
  cases: [
    repeated('GET', get('/api/x')),
    repeated('HEAD', request('HEAD', '/api/x')),
    repeated('POST with an Idempotency-Key', request('POST', '/api/x', [KEY, 'Content-Length: 5'], 'hello'), 'hello'),
    repeated(
      'a chunked POST with an Idempotency-Key',
      request('POST', '/api/x', [KEY, 'Transfer-Encoding: chunked'], '5\r\nhello\r\n0\r\n\r\n'),
      'hello',
    ),
    once('POST without an Idempotency-Key', request('POST', '/api/x', ['Content-Length: 5'], 'hello')),
    once('PUT', request('PUT', '/api/x', ['Content-Length: 5'], 'hello')),
    once('DELETE', request('DELETE', '/api/x')),
    {
      name: 'a POST whose body is no longer buffered is never sent twice',
      settings: { limits: { maxBodyBytes: 1_000_000 } },
      async run(context) {
        await warm(context);
        context.upstream.script = (seen) => {
          if (seen.earlier === 0) return ok(seen);
          return seen.whole.then(() => void seen.socket.resetAndDestroy());
        };
        const body = 'x'.repeat(500_000);
        isProblem(
          await context.ask(request('POST', '/api/x', [KEY, `Content-Length: ${body.length}`], body)),
          502,
          'bad-gateway',
        );
        assert.equal(context.upstream.requests.length, 2);
      },
    },
    {
      name: 'a POST that was sent once more is waited for as long as any other: 504',
      settings: { limits: { firstByteMs: 150, idleBodyMs: 4_000 } },
      async run(context) {
        await warm(context);
        context.upstream.script = ({ earlier, socket, whole }) =>
          earlier > 0 ? void whole.then(() => socket.resetAndDestroy()) : undefined;
        const bytes = request('POST', '/api/x', [KEY, 'Content-Length: 5'], 'hello');
        isProblem(await context.ask(bytes, { deadlineMs: 2_000 }), 504, 'gateway-timeout');
        assert.equal(context.upstream.requests.length, 3);
      },
    },
    {
      name: 'a body that was invited by 100 is invited once, also where it is sent twice',
      async run(context) {
        await warm(context);
        const connection = context.client();
        connection.send(request('POST', '/api/x', [KEY, 'Expect: 100-continue', 'Content-Length: 5']));
        await until('the invitation', () => connection.text.includes('100 Continue'));
        const reply = await connection.send('hello').reply();
        assert.deepEqual([reply.interim, reply.status], [['HTTP/1.1 100 Continue\r\n\r\n'], 200]);
        assert.equal(context.upstream.requests.at(-1)?.message?.body, 'hello');
      },
    },
    {
      name: 'GET on a new connection that breaks is not sent again: the upstream may have acted on it',
      async run({ ask, upstream }) {
        upstream.script = ({ socket }) => void socket.resetAndDestroy();
        isProblem(await ask(get('/api/x')), 502, 'bad-gateway');
        assert.equal(upstream.requests.length, 1);
      },
    },
    {
      name: 'GET whose response had begun is not sent again',
      async run(context) {
        await warm(context);
        context.upstream.script = ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
        await assert.rejects(context.ask(get('/api/x')), /Ended/);
        assert.equal(context.upstream.requests.length, 2);
      },
    },
    {
      name: 'GET is sent once more, not more often',
      async run(context) {
        await warm(context);
        context.upstream.script = ({ socket }) => void socket.resetAndDestroy();
        isProblem(await context.ask(get('/api/x')), 502, 'bad-gateway');
        assert.equal(context.upstream.requests.length, 3);
      },
    },
  ],
};
