import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { drainBody } from './drain-body.ts';
import { hasBody } from './request-body.ts';
import type { HeaderList } from './rules/header-list.ts';
import { problemJson, type Refusal, statusOf } from './rules/refusal.ts';
import type { ServerRequest } from './rules/server-request.ts';

export interface ErrorResponse {
  readonly refusal: Refusal;
  readonly requestId: string;
  /** Further fields of the response. */
  readonly headers: Readonly<HeaderList>;
  /** How long the rest of the request's body is read and dropped before the connection is closed; 0: not at all. */
  readonly lingerMs: number;
  /** Close the connection also where it could be kept. */
  readonly close: boolean;
}

/** Sends a problem as the response. The connection is closed where some of the request's body has not arrived. */
export function sendErrorResponse(request: ServerRequest, response: ServerResponse, error: ErrorResponse): void {
  const { refusal, requestId, headers, lingerMs } = error;
  const body = Buffer.from(problemJson(refusal, request.url, requestId));
  const isUnread = hasBody(request) && !request.complete;
  const list = ['content-type', 'application/problem+json; charset=utf-8', 'content-length', String(body.length)];
  list.push('cache-control', 'no-store', ...headers);
  for (const [name, value] of Object.entries(refusal.extra?.headers ?? {})) list.push(name, value);
  if (refusal.close || isUnread || error.close) list.push('connection', 'close');
  response.writeHead(statusOf(refusal), list);
  if (!isUnread || refusal.close || lingerMs === 0) return void response.end(body);
  response.write(body);
  drainBody(request, lingerMs, () => response.end());
}

/** How long a client has to read why its connection is closed. */
const CLOSE_MS = 1_000;

/** Sends a problem in response to bytes that are not a request, and closes the connection. */
export function sendConnectionError(socket: Duplex, refusal: Refusal): void {
  const requestId = randomUUID();
  const body = problemJson(refusal, '', requestId);
  const status = statusOf(refusal);
  const further = Object.entries(refusal.extra?.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\ncache-control: no-store\r\nx-request-id: ${requestId}\r\n` +
      `date: ${new Date().toUTCString()}\r\n${further.join('')}connection: close\r\n\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), CLOSE_MS).unref();
}
