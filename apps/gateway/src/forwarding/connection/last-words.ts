import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { dateLine, headText, Malformed, Overflow } from '../../http1/index.ts';
import { problemJson, type Refusal, statusOf } from '../refusal.ts';

/** What is said to bytes that never became a request, before their connection is closed. */
export function lastWords(refusal: Refusal): string {
  const requestId = randomUUID();
  const body = problemJson(refusal, '', requestId);
  const status = statusOf(refusal);
  const head = headText(`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, [
    ...['content-type', 'application/problem+json; charset=utf-8', 'content-length', `${Buffer.byteLength(body)}`],
    ...['cache-control', 'no-store', 'x-request-id', requestId, 'connection', 'close'],
  ]);
  return `${head}${dateLine()}\r\n${body}`;
}

/** @throws the error itself where it is none of the client's */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof Malformed)) throw error;
  const { message: detail } = error;
  if (error instanceof Overflow) return { kind: 'headers-too-large', detail, close: true };
  return { kind: 'malformed-request', detail, reason: 'not-http', close: true };
}

export const SLOW_HEAD: Refusal = {
  kind: 'request-timeout',
  detail: 'The request stopped coming.',
  reason: 'slow-head',
  close: true,
};
