import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isRequestId, type Span, traceHeaders } from '#service';
import type { Trust } from './trust.ts';

/** Connects the log lines of all services with one request (W3C Trace Context). */
export interface TraceContext {
  readonly requestId: string;
  readonly traceparent: string;
  readonly tracestate: string | undefined;
}

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * Keeps a valid id that a trusted proxy sets itself, else makes one: a client must not choose the id that its requests are
 * logged with. Where both are made, the request id is the trace id.
 * @param span of the request, where it has one: its trace
 */
export function traceContextOf(headers: IncomingHttpHeaders, trust: Trust, span?: Span): TraceContext {
  const given = trustedField(headers, 'x-request-id', trust);
  const parent = trustedField(headers, 'traceparent', trust);
  const isContinued = parent !== undefined && TRACEPARENT.test(parent);
  const made = (!isContinued && span?.spanContext().traceId) || randomHex(32);
  const requestId = given !== undefined && isRequestId(given) ? given : made;
  if (span) return { requestId, ...traceHeaders(span) };
  if (isContinued) return { requestId, traceparent: parent, tracestate: headers.tracestate as string | undefined };
  return { requestId, traceparent: `00-${made}-${randomHex(16)}-01`, tracestate: undefined };
}

/** Whether a trusted proxy sets `traceparent` itself, whatever the client sent. */
export const trustsTraceparent = ({ hops, headers }: Trust): boolean => hops > 0 && headers.has('traceparent');

function trustedField(headers: IncomingHttpHeaders, name: 'x-request-id' | 'traceparent', trust: Trust) {
  return trust.hops > 0 && trust.headers.has(name) ? (headers[name] as string | undefined) : undefined;
}

const POOL_BYTES = 6144;
let pool = '';
let used = 0;

/** Random digits out of a pool: one system call for some 250 requests. */
function randomHex(digits: number): string {
  if (used + digits > pool.length) {
    pool = randomBytes(POOL_BYTES).toString('hex');
    used = 0;
  }
  used += digits;
  return pool.slice(used - digits, used);
}
