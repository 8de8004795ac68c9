import { connect, type Socket } from 'node:net';
import { API_KEY } from '../support/database.ts';

const DRIP_MS = 1_000;

/** Clients that send a byte a second, half of them of a head, half of a body, and come back when they are cut off. */
export function startSlowClients(url: string, howMany: number): { stop: () => void; cutOff: () => number } {
  const port = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  let stopped = false;
  let cutOff = 0;
  const open = (beginning: string) => {
    if (stopped) return;
    const socket = connect(port, '127.0.0.1', () => socket.write(beginning));
    sockets.add(socket);
    socket.on('error', () => undefined).resume();
    socket.on('close', () => {
      sockets.delete(socket);
      cutOff++;
      setTimeout(open, DRIP_MS, beginning);
    });
  };
  for (let i = 0; i < howMany; i++) open(i % 2 ? 'GET /api/v1/items HTTP/1.1\r\nHost: x\r\nX-Slow: ' : BODY);
  const drip = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('1');
  }, DRIP_MS);
  const stop = () => {
    stopped = true;
    clearInterval(drip);
    for (const socket of sockets) socket.destroy();
  };
  return { stop, cutOff: () => cutOff };
}

const BODY =
  `POST /api/v1/locations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${API_KEY}\r\n` +
  'Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n';
