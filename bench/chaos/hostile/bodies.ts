import { type Hostile, keepOpen, requestHead } from './episode.ts';

const many = (count: number, element: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => element(n)).join();

/** Bodies of up to a mebibyte that cost much to read: many keys, many lines, deep nesting, long texts, cut short. */
const BODIES: (() => string)[] = [
  () => `{${many(60_000, (n) => `"k${n}":1`)}}`,
  () => `{"type":"receipt","lines":[${many(100_000, () => '{}')}]}`,
  () => '['.repeat(500_000),
  () => `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
  () => JSON.stringify({ email: 'a'.repeat(900_000), password: 'b' }),
  () => `{"email":"${'\\u0000'.repeat(100_000)}"}`,
  () => `{"lines":[${many(400, (n) => `{"item":"x${n}","location":"y","quantity":1e400}`)}]`,
];
const PATHS = ['/api/v1/sessions', '/api/v1/movements', '/api/v1/reservations', '/session', '/api/v1/sessions/refresh'];

export const hugeJson: Hostile = (episode) =>
  keepOpen(episode, 10, (socket) => {
    const body = episode.random.pick(BODIES)();
    const fields = [
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.write(requestHead('POST', episode.random.pick(PATHS), fields) + body);
  });
