import { randomBytes } from 'node:crypto';
import type { ClientRequest } from '../connection/client-request.ts';

/** What ties the log lines of all services to one request. */
export interface Trace {
  requestId: string;
  /** W3C Trace Context. */
  traceparent: string;
  tracestate: string | undefined;
}

/** A token that is safe in a header, a log line and a URL; the same rule as in libs/service. */
const TOKEN = /^[A-Za-z0-9][A-Za-z0-9._-]{7,127}$/;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * Keeps what a trusted hop gave where it is sane, else makes it: an unknown client must not choose what logs are found by.
 * Where both are made, the request id is the trace's.
 */
export function traceOf({ headers }: ClientRequest, trusted: boolean): Trace {
  const id = trusted ? headers['x-request-id'] : undefined;
  const made = randomHex(32);
  const requestId = id !== undefined && TOKEN.test(id) ? id : made;
  const parent = trusted ? headers.traceparent : undefined;
  if (parent !== undefined && TRACEPARENT.test(parent))
    return { requestId, traceparent: parent, tracestate: headers.tracestate };
  return { requestId, traceparent: `00-${made}-${randomHex(16)}-01`, tracestate: undefined };
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
