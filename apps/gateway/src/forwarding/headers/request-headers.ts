import { claimsOrigin, type Forwarded } from './forwarded.ts';
import { type HeaderList, lowerCase } from '../../http1/index.ts';
import type { ClientRequest } from '../connection/client-request.ts';
import { isHopByHop, namedByConnection } from './hop-by-hop.ts';
import { remembered } from './remembered.ts';
import type { Trace } from './trace.ts';

/** How this gateway signs in `Via` (RFC 9110 §7.6.3): a pseudonym, since the host's name is nobody's business. */
const NAME = 'stockroom';
export const VIA = `1.1 ${NAME}`;

/** Answered or written anew by the gateway, in lower case. `Expect` is between the client and us. */
const OWN = new Set(['host', 'expect', 'x-request-id', 'traceparent', 'tracestate']);

const staysHere = remembered((name) => isHopByHop(name) || OWN.has(name) || claimsOrigin(name));

/** The fields that go up: the client's, in its order and spelling, without those of the hop, then ours. */
export function requestHeaders(request: ClientRequest, forwarded: Forwarded, trace: Trace): HeaderList {
  const { rawHeaders } = request;
  const named = namedByConnection(request.headers.connection);
  const list: HeaderList = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (staysHere(name) || named?.has(lowerCase(name))) continue;
    list.push(name, rawHeaders[i + 1]!);
  }
  list.push('via', request.minor === 1 ? VIA : `1.0 ${NAME}`);
  list.push('x-forwarded-for', forwarded.chain, 'x-forwarded-proto', forwarded.proto);
  if (forwarded.host !== undefined) list.push('x-forwarded-host', forwarded.host);
  list.push('x-request-id', trace.requestId, 'traceparent', trace.traceparent);
  if (trace.tracestate !== undefined) list.push('tracestate', trace.tracestate);
  return list;
}
