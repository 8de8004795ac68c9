import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from './problem.ts';

/** Of several, node:http would keep the first silently; the client, or a proxy, may mean another one. */
const SINGLE = ['authorization', 'content-type', 'host'];

const CLOSE = { headers: { connection: 'close' } };
const malformed = (detail: string) => new Problem('malformed-request', detail, CLOSE);

const refused = new WeakSet<Socket>();

/** Whether a message on it was refused by these rules. What follows is part of that message, and gets no response of its own. */
export const isRefusedConnection = (socket: Socket): boolean => refused.has(socket);

/** What RFC 9112 requires to be refused and node:http accepts. Where the message ends is then unsure, so the connection is closed. */
export function checkMessage(request: IncomingMessage): Problem | undefined {
  const problem = findMalformed(request);
  if (problem) refused.add(request.socket);
  return problem;
}

function findMalformed(request: IncomingMessage): Problem | undefined {
  const { headers, rawHeaders, httpVersion } = request;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return malformed('Only HTTP/1.0 and HTTP/1.1 are supported.');
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && (coding.toLowerCase() !== 'chunked' || httpVersion === '1.0'))
    return malformed('Transfer-Encoding must be "chunked", once, and only in HTTP/1.1.');
  if (headers.host === undefined && httpVersion === '1.1') return malformed('Send exactly one Host field.');
  const names = rawHeaders.filter((_, n) => n % 2 === 0).map((name) => name.toLowerCase());
  const repeated = SINGLE.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  return repeated === undefined ? undefined : malformed(`Send at most one ${repeated} field.`);
}
