import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { methodLabel } from '../http/method-label.ts';
import { pathOf } from '../http/path-of.ts';
import { endSpan, isTracing, logFieldsOf, remoteContext, type Span, startSpan, withActive } from './tracing.ts';

const spans = new WeakMap<IncomingMessage, Span>();

/** The span of a request, where it has one. */
export const spanOf = (request: IncomingMessage): Span | undefined => (isTracing() ? spans.get(request) : undefined);

/** What a request's log lines say of its span. */
export const traceFieldsOf = (request: IncomingMessage): ReturnType<typeof logFieldsOf> => logFieldsOf(spanOf(request));

/**
 * Begins the span of a request, which ends with its response or its connection. Health checks have none.
 * @param target in origin-form; `trustsTraceparent`: whether a proxy of ours has set `traceparent`, else the trace begins here
 */
export function startRequestSpan(
  request: IncomingMessage,
  response: ServerResponse,
  { target, trustsTraceparent }: { target: string; trustsTraceparent: boolean },
): Span | undefined {
  if (!isTracing() || target.startsWith('/health')) return undefined;
  const method = methodLabel(request.method!);
  const span = startSpan(method, {
    kind: 'server',
    parent: remoteContext(trustsTraceparent ? request.headers : {}),
    // A target that is refused may hold a user and a password.
    attributes: { 'http.request.method': method, ...(target.startsWith('/') && { 'url.path': pathOf(target) }) },
  })!;
  spans.set(request, span);
  response.once('close', () => {
    const { headersSent, statusCode } = response;
    if (headersSent) span.setAttribute('http.response.status_code', statusCode);
    if (!response.writableFinished) endSpan(span, 'connection-closed');
    else endSpan(span, statusCode >= 500 ? String(statusCode) : undefined);
  });
  return span;
}

/** @param route a pattern, of which there are few */
export const nameRoute = (span: Span, method: string, route: string): void =>
  void span.updateName(`${methodLabel(method)} ${route}`).setAttribute('http.route', route);

/** Gives the requests of an application spans, if they have none yet, and what their handlers do belongs to these. */
export function addTracingHooks(server: FastifyInstance, trustsTraceparent: boolean): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { url: target, raw, routeOptions } = request;
    const span = spanOf(raw) ?? startRequestSpan(raw, reply.raw, { target, trustsTraceparent });
    const { url: route } = routeOptions;
    if (span && route !== undefined) nameRoute(span, request.method, route);
    done();
  });
  // Not before the body is read, whose events belong to the connection.
  server.addHook('preHandler', (request, _reply, done) => withActive(spanOf(request.raw), done));
}
