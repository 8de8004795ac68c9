import { connect, type Socket } from 'node:net';
import type { Random } from '../../../apps/api/src/demo/random.ts';

/** What a hostile client gets: an address of its own, a target, and a way to know when its time is over. */
export interface Episode {
  port: number;
  /** Its own on the loopback network. */
  address: string;
  random: Random;
  /** Rejects never; resolves when the episode is over. */
  over: Promise<void>;
  isOver: () => boolean;
}

export type Hostile = (episode: Episode) => Promise<void>;

/** A connection whose errors and responses are of no interest. */
export function open({ port, address }: Episode, onConnect: (socket: Socket) => void = () => undefined): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: address, allowHalfOpen: true });
  socket.on('error', () => undefined).resume();
  socket.once('connect', () => onConnect(socket));
  return socket;
}

/** Keeps `count` connections open, each opened anew when it is cut off, until the episode is over. */
export async function keepOpen(episode: Episode, count: number, onConnect: (socket: Socket) => void): Promise<void> {
  const sockets = new Set<Socket>();
  const start = () => {
    if (episode.isOver()) return;
    const socket = open(episode, onConnect);
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      setTimeout(start, 200);
    });
    // A server that closes its side is done with us.
    socket.once('end', () => socket.destroy());
  };
  for (let n = 0; n < count; n++) start();
  await episode.over;
  for (const socket of sockets) socket.destroy();
}

/** `head` with the fields that every request has. */
export const requestHead = (method: string, path: string, fields: string[] = []): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...fields, '', ''].join('\r\n');
