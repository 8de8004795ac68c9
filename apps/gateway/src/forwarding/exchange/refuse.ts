import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { HeaderList } from '../headers/header-list.ts';
import { problemJson, type Refusal, statusOf } from '../refusal.ts';
import { dropRest } from './leftover.ts';

/** Whether a body comes with a request: RFC 9112 §6.3. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && Number(length) > 0);
}

/**
 * Answers a request with a problem. What is left of its body is dropped, and the connection then closed.
 * @param further  fields of the answer
 * @param lingerMs how long the rest of the body is waited for
 */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  { requestId, further, lingerMs }: { requestId: string; further: HeaderList; lingerMs: number },
): void {
  const body = Buffer.from(problemJson(refusal, request.url!, requestId));
  const unread = hasBody(request) && !request.complete;
  const headers = ['content-type', 'application/problem+json; charset=utf-8', 'content-length', String(body.length)];
  headers.push('cache-control', 'no-store', ...further);
  for (const [name, value] of Object.entries(refusal.extra?.headers ?? {})) headers.push(name, value);
  if (refusal.close || unread) headers.push('connection', 'close');
  const status = statusOf(refusal);
  response.writeHead(status, STATUS_CODES[status], headers);
  // Bytes whose framing is in doubt are not waited for, and nobody sends any who still waits for `100 Continue`.
  if (!unread || refusal.close || lingerMs === 0) return void response.end(body);
  response.write(body);
  dropRest(request, lingerMs, () => response.end());
}
