import type { Socket } from 'node:net';
import { type Hostile, keepOpen, requestHead } from './episode.ts';

const DRIP_MS = 500;

/** Sends the beginning, then a byte at a time, for as long as the connection lives. */
const drip = (beginning: string) => (socket: Socket) => {
  socket.write(beginning);
  const timer = setInterval(() => socket.writable && socket.write('1'), DRIP_MS);
  socket.once('close', () => clearInterval(timer));
};

const json = ['Content-Type: application/json', 'Content-Length: 10000'];

export const slowBodies: Hostile = (episode) =>
  keepOpen(episode, 400, drip(requestHead('POST', episode.random.pick(['/session', '/api/v1/sessions', '/api/v1/movements']), json))); // prettier-ignore

export const slowHeaders: Hostile = (episode) =>
  keepOpen(episode, 400, drip('GET /api/v1/items HTTP/1.1\r\nHost: localhost\r\nX-Slow: '));

/** Connections that say nothing at all. */
export const hoardedConnections: Hostile = (episode) => keepOpen(episode, 900, () => undefined);

/** Asks, and reads nothing of what comes. */
export const slowReaders: Hostile = (episode) =>
  keepOpen(episode, 200, (socket) => {
    socket.pause();
    for (let n = 0; n < 50; n++) socket.write(requestHead('GET', '/api/openapi.json'));
  });
