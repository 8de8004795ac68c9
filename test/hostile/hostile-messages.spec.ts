import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../support/api.ts';
import { until } from '../support/until.ts';

const DEADLINE_MS = 20_000;

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const authorization = () => `Authorization: Bearer ${api.viewer.token}`;
const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;

/** Sends bytes as they are. @returns what came until the API closed the connection */
async function exchange(bytes: string, { ends = false } = {}): Promise<string> {
  const socket = connect({ port: Number(new URL(api.url).port), host: '127.0.0.1', allowHalfOpen: true });
  let text = '';
  socket.on('data', (data) => (text += data.toString('latin1')));
  if (ends) socket.end(bytes);
  else socket.write(bytes);
  try {
    await until('the API closes the connection', () => socket.readableEnded, DEADLINE_MS);
  } finally {
    socket.destroy();
  }
  return text;
}

/** The statuses of all responses, and what the first one says. */
const summary = (text: string) => ({
  statuses: [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status),
  detail: /"detail":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1],
});

const VERSION = 'Only HTTP/1.0 and HTTP/1.1 are supported.';
const CODING = 'Transfer-Encoding must be \\"chunked\\", once, and only in HTTP/1.1.';
const GET = 'GET /api/v1/items HTTP/1.1';
const POST = 'POST /api/v1/items HTTP/1.1';
const JSON_TYPE = 'Content-Type: application/json';

it.each<[string, () => string, string]>([
  ['in another version of HTTP', () => head('GET /api/v1/items HTTP/2.0', 'Host: x', authorization()), VERSION],
  ['without Host', () => head(GET, authorization()), 'Send exactly one Host field.'],
  ['with two Host fields', () => head(GET, 'Host: x', 'host: y', authorization()), 'Send at most one host field.'],
  [
    'with two Authorization fields',
    () => head(GET, 'Host: x', authorization(), 'AUTHORIZATION: Bearer other'),
    'Send at most one authorization field.',
  ],
  [
    'with two Content-Type fields',
    () => `${head(POST, 'Host: x', authorization(), JSON_TYPE, 'content-type: text/csv', 'Content-Length: 2')}{}`,
    'Send at most one content-type field.',
  ],
  [
    'with an unknown transfer coding',
    () => `${head(POST, 'Host: x', authorization(), JSON_TYPE, 'Transfer-Encoding: xchunked')}2\r\n{}\r\n0\r\n\r\n`,
    CODING,
  ],
  [
    'with a transfer coding in HTTP/1.0',
    () => `${head('POST /api/v1/items HTTP/1.0', authorization(), JSON_TYPE, 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    CODING,
  ],
])('a message %s is refused once with 400, and its connection closed', async (_, bytes, detail) => {
  expect(summary(await exchange(bytes()))).toEqual({ statuses: ['400'], detail });
});

it('a client that ends its side of the connection after its requests gets the response to each', async () => {
  const request = head('GET /api/v1/items?limit=1 HTTP/1.1', 'Host: x', authorization());
  for (const count of [1, 3]) {
    const text = await exchange(request.repeat(count), { ends: true });
    expect(summary(text).statuses).toEqual(Array<string>(count).fill('200'));
  }
});
