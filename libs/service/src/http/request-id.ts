import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What a request id may look like: a token that is safe in a header, a log line and a URL. */
const TOKEN = /^[A-Za-z0-9][A-Za-z0-9._-]{7,127}$/;

/** What connects the log lines of several services. A client that may choose it can put its requests under another's id. */
export const TRACE_HEADERS = ['x-request-id', 'traceparent'] as const;
export type TraceHeader = (typeof TRACE_HEADERS)[number];

export const isRequestId = (text: string): boolean => TOKEN.test(text);

/** Keeps the id that a trusted proxy set, else makes one. */
export function requestIdOf(headers: IncomingHttpHeaders, trusted: ReadonlySet<TraceHeader>): string {
  const given = headers['x-request-id'];
  return trusted.has('x-request-id') && typeof given === 'string' && isRequestId(given) ? given : randomUUID();
}
