import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { exchangeOf } from '../exchange/exchange.ts';
import { problemJson, type Refusal, statusOf } from '../refusal.ts';

/** How long a client has to read why its connection is closed. */
const CLOSE_MS = 1_000;

const RESPONSE = Symbol('response');
const ENDED = Symbol('ended');

interface Watched extends Duplex {
  /** The latest response on this connection. */
  [RESPONSE]?: ServerResponse;
  /** Its last word has been said. */
  [ENDED]?: true;
}

/** Notes which response a connection is busy with, for the case that its next bytes turn out to be broken. */
export function remember(socket: Socket, response: ServerResponse): void {
  (socket as Watched)[RESPONSE] = response;
}

/** Answers what never became a request: bytes that are not HTTP, heads that are too large or too slow, tunnels. */
export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (error: Error & { code?: string }, socket) => onBroken(refusalOf(error), socket, error));
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => onBroken(NO_TUNNEL, socket));
}

function onBroken(refusal: Refusal, socket: Watched, error?: Error & { code?: string }): void {
  if (socket[ENDED]) return;
  socket[ENDED] = true;
  if (error?.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const response = socket[RESPONSE];
  if (!response || response.writableFinished) return sayLast(socket, refusal);
  const exchange = exchangeOf(response);
  // The broken bytes are the body of the request that is being served, or they follow it, and are answered after it.
  if (exchange && !exchange.over && !response.req.complete) exchange.fail(refusal, error);
  else response.once('close', () => socket.writable && sayLast(socket, refusal));
}

function sayLast(socket: Duplex, refusal: Refusal): void {
  const requestId = randomUUID();
  const body = problemJson(refusal, '', requestId);
  const status = statusOf(refusal);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\ncache-control: no-store\r\nx-request-id: ${requestId}\r\n` +
      `connection: close\r\n\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), CLOSE_MS).unref();
}

function refusalOf({ code, message }: Error & { code?: string }): Refusal {
  switch (code ?? '') {
    case 'HPE_HEADER_OVERFLOW':
      return { kind: 'headers-too-large', detail: 'The header has too many bytes.', close: true };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { kind: 'request-timeout', detail: 'The request stopped coming.', reason: 'slow-head', close: true };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { kind: 'too-large', detail: 'The chunk extensions have too many bytes.', close: true };
    default:
      return {
        kind: 'malformed-request',
        detail: message.replace(/^Parse Error: /, ''),
        reason: 'not-http',
        close: true,
      };
  }
}

const NO_TUNNEL: Refusal = {
  kind: 'not-implemented',
  detail: 'There is no tunnel here.',
  reason: 'tunnel',
  close: true,
};
