import type { IncomingMessage } from 'node:http';
import { type ClientInfo, claimsOrigin } from './forwarded.ts';
import type { HeaderList } from './header-list.ts';
import { isHopByHop, namedByConnection } from './hop-by-hop.ts';
import { memoize } from './memoize.ts';
import type { TraceContext } from './trace-context.ts';
import { viaOf } from './via.ts';

/** Handled or replaced by the gateway, in lower case. `Expect` concerns the client and the gateway only (RFC 9110 §10.1.1). */
const REPLACED = new Set(['host', 'expect', 'x-request-id', 'traceparent', 'tracestate']);

const isDropped = memoize((name) => {
  const lower = name.toLowerCase();
  return isHopByHop(lower) || REPLACED.has(lower) || claimsOrigin(lower);
});

/** The header fields sent to the upstream: the client's end-to-end fields in their order and spelling, then the gateway's. */
export function requestHeaders(request: IncomingMessage, client: ClientInfo, trace: TraceContext): HeaderList {
  const { rawHeaders } = request;
  const named = namedByConnection(request.headers.connection);
  const list: HeaderList = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (isDropped(name) || named?.has(name.toLowerCase())) continue;
    list.push(name, rawHeaders[i + 1]!);
  }
  list.push('via', viaOf(request.httpVersionMinor));
  list.push('x-forwarded-for', client.forwardedFor, 'x-forwarded-proto', client.proto);
  if (client.host !== undefined) list.push('x-forwarded-host', client.host);
  list.push('x-request-id', trace.requestId, 'traceparent', trace.traceparent);
  if (trace.tracestate !== undefined) list.push('tracestate', trace.tracestate);
  return list;
}
