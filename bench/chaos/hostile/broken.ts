import { randomBytes } from 'node:crypto';
import { type Hostile, keepOpen, requestHead } from './episode.ts';

/** Bytes that are not HTTP. */
export const junk: Hostile = (episode) =>
  keepOpen(episode, 100, (socket) => {
    const bytes = randomBytes(episode.random.int(1, 40_000));
    socket.write(episode.random.pick([bytes, Buffer.concat([Buffer.from('GET / HTTP/1.1\r\n'), bytes])]));
  });

/** A request, and the end of the client's side before the response. */
export const halfCloses: Hostile = (episode) =>
  keepOpen(episode, 50, (socket) => {
    const path = episode.random.pick(['/', '/api/v1/items', '/api/openapi.json', '/version']);
    socket.end(requestHead('GET', path));
  });

/** Connections that are reset in the middle of a request's body, or of its response. */
export const resets: Hostile = (episode) =>
  keepOpen(episode, 100, (socket) => {
    const fields = ['Content-Type: application/json', 'Content-Length: 50000'];
    const isRead = episode.random.int(0, 1) === 0;
    socket.write(isRead ? requestHead('GET', '/api/openapi.json') : requestHead('POST', '/api/v1/sessions', fields));
    if (!isRead) socket.write('{"email":"');
    setTimeout(() => socket.resetAndDestroy(), episode.random.int(0, 29));
  });

/** Headers beyond what is read. */
export const hugeHeaders: Hostile = (episode) =>
  keepOpen(episode, 50, (socket) => {
    const size = episode.random.int(8_000, 40_000);
    socket.write(requestHead('GET', '/api/v1/items', [`X-Large: ${'a'.repeat(size)}`]));
  });
