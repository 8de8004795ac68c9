import type { Socket } from 'node:net';
import { type Episode, type Hostile, keepOpen, requestHead } from './episode.ts';

/** On each connection the next request as soon as there is a response to the one before. */
const flood = (episode: Episode, connections: number, next: () => string): Promise<void> =>
  keepOpen(episode, connections, (socket: Socket) => {
    socket.on('data', () => socket.writable && socket.write(next()));
    socket.write(next());
  });

export const requestFlood: Hostile = (episode) =>
  flood(episode, 30, () =>
    requestHead('GET', episode.random.pick(['/', '/api/v1/items', '/health', '/version', '/x'])),
  );

/** Passwords tried for people who exist, and for others. */
export const signInFlood: Hostile = (episode) =>
  flood(episode, 20, () => {
    const email = `person-${episode.random.int(0, 11)}@example.com`;
    const body = JSON.stringify({ email, password: `a wrong password ${episode.random.int(0, 999_999)}` });
    const fields = ['Content-Type: application/json', `Content-Length: ${body.length}`];
    return requestHead('POST', '/api/v1/sessions', fields) + body;
  });

/** Requests sent without waiting for any response. */
export const pipelines: Hostile = (episode) =>
  keepOpen(episode, 20, (socket) => {
    socket.write(requestHead('GET', '/api/v1/items').repeat(200));
    setTimeout(() => socket.destroy(), 2_000);
  });
