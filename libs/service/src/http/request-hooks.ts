import { hostname } from 'node:os';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Drain } from '../process/drain.ts';
import { findUnstorable } from '../input/json-parser.ts';
import { REQUEST_SERVED } from '../process/logging.ts';
import type { Metrics } from '../process/metrics.ts';
import { traceFieldsOf } from '../tracing/request-span.ts';
import { checkMessage } from './message-rules.ts';
import { pathOf } from './path-of.ts';
import { Problem } from './problem.ts';

/** Which task responded: shows how requests are spread. */
export const HOST_NAME = hostname();
/** What a client may send, 100, and what the gateway and the load balancers add to it. */
const MAX_HEADERS = 120;

/** What happens to every request on its way in and out: its id, its checks, its log line, its measurement. */
export function addRequestHooks(
  server: FastifyInstance,
  drain: Drain,
  metrics: Metrics,
  trustsTraceparent: boolean,
): void {
  server.addHook('onRequest', (request, reply, done) => {
    // A string that a handler returns is JSON that PostgreSQL built; what is not JSON says so itself.
    reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('x-request-id', request.id)
      .header('x-served-by', HOST_NAME);
    done(checkMessage(request.raw) ?? findMalformedRequest(request));
  });
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (drain.draining) reply.header('connection', 'close');
    done(null, payload);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    const path = pathOf(request.url);
    const line = {
      requestId: request.id,
      ...(trustsTraceparent && traceOf(request)),
      ...traceFieldsOf(request.raw),
      method,
      path,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (route.startsWith('/health')) request.log.debug(line, REQUEST_SERVED);
    else request.log.info(line, REQUEST_SERVED);
    done();
  });
}

/** W3C Trace Context, where the proxy sent one. */
function traceOf({ headers: { traceparent } }: FastifyRequest): { traceparent?: string } {
  return typeof traceparent === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(traceparent)
    ? { traceparent }
    : {};
}

/** Why a request cannot be understood, before anything looks at what it wants. */
function findMalformedRequest({ raw, url, query, headers }: FastifyRequest): Problem | undefined {
  // `rawHeaders` holds names and values in turn.
  if (raw.rawHeaders.length > 2 * MAX_HEADERS)
    return new Problem('headers-too-large', `At most ${MAX_HEADERS} header fields are read.`);
  if (!/^(?:identity)?$/i.test(headers['content-encoding'] ?? ''))
    return new Problem('unsupported-media-type', 'A Content-Encoding is not supported; send the body uncompressed.', {
      headers: { 'accept-encoding': 'identity' },
    });
  const start = url.indexOf('?');
  if (start === -1) return undefined;
  if (!isDecodable(url.slice(start + 1)))
    return new Problem('malformed-request', 'The query is not percent-encoded UTF-8.');
  const fault = findUnstorable(query);
  return fault ? new Problem('malformed-request', `The query ${fault}.`) : undefined;
}

function isDecodable(query: string): boolean {
  if (!query.includes('%')) return true;
  try {
    decodeURIComponent(query);
    return true;
  } catch {
    return false;
  }
}
