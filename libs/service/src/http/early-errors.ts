import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRefusedConnection } from './message-rules.ts';
import { Problem, problemOf } from './problem.ts';
import { sendProblem } from './problem.filter.ts';

/** Responds to what the router refuses before any hook has run: a path that cannot be decoded, a parameter that is too long. */
export function sendFrameworkError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
  sendProblem(reply, problemOf(error), request);
}

/** Responds to bytes that are not an HTTP request, or to one that never ends, and closes the connection. */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (isRefusedConnection(socket)) return; // Its response closes it.
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  endWithProblem(socket, problemOfClientError(error.code));
}

/** Responds to CONNECT, which only proxies support; node:http would close the connection without a response. */
export function refuseTunnel(_request: IncomingMessage, socket: Duplex): void {
  socket.on('error', () => undefined); // node:http has taken its own listener off.
  endWithProblem(socket, new Problem('not-implemented', 'CONNECT is not supported.'));
}

function endWithProblem(socket: Duplex, problem: Problem): void {
  const requestId = randomUUID();
  const body = JSON.stringify(problem.body('', requestId));
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'content-type: application/problem+json; charset=utf-8',
    'cache-control: no-store',
    `x-request-id: ${requestId}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function problemOfClientError(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Problem('headers-too-large', 'The request line and the header fields have at most 18 KiB together.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Problem('request-timeout', 'The request did not arrive in time. Send the whole request again.');
  return new Problem('malformed-request', 'The bytes are not a valid HTTP request.');
}
