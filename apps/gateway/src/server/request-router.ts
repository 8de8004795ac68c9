import type { RequestListener, ServerResponse } from 'node:http';
import { nameRoute, spanOf, startRequestSpan, withActive } from '#service';
import type { ForwardedRequest } from '../proxy/forwarded-request.ts';
import { clientInfoOf } from '../proxy/rules/forwarded.ts';
import { FORWARDED_ROUTE } from '../proxy/request-log.ts';
import type { Refusal } from '../proxy/rules/refusal.ts';
import type { ServerRequest } from '../proxy/rules/server-request.ts';
import { traceContextOf, trustsTraceparent } from '../proxy/rules/trace-context.ts';
import type { Trust } from '../proxy/rules/trust.ts';
import { validateRequest } from '../proxy/rules/validate-request.ts';
import type { ActiveRequest, RequestHandler } from './client-connection.ts';
import { type LocalContext, LocalRequest } from './local-request.ts';

/** A request that is recorded when it ends: to be started or refused. */
export interface RecordedRequest extends ActiveRequest {
  start(): void;
  refuse(refusal: Refusal): void;
}

/** Forwards requests to the upstream; requests that the application serves share its limits. */
export interface Forwarder extends LocalContext {
  begin(request: ForwardedRequest, response: ServerResponse): RecordedRequest;
}

export interface RouterOptions {
  readonly proxy: Forwarder;
  readonly trust: Trust;
  /** Whether a target belongs to the upstream. */
  readonly isForwarded: (target: string) => boolean;
  /** Serves all other targets. */
  readonly application: RequestListener;
}

/** Validates each request, then forwards it or hands it to the application. */
export function routeRequests({ proxy, trust, isForwarded, application }: RouterOptions): RequestHandler {
  const forward = (request: ForwardedRequest, response: ServerResponse): ActiveRequest => {
    const span = spanOf(request.request);
    if (span) nameRoute(span, request.request.method, FORWARDED_ROUTE);
    const forwarded = proxy.begin(request, response);
    withActive(span, () => forwarded.start());
    return forwarded;
  };
  const refuse = (request: ForwardedRequest, response: ServerResponse, refusal: Refusal): ActiveRequest => {
    const refused = proxy.begin(request, response);
    refused.refuse(refusal);
    return refused;
  };
  const serveLocally = (request: ForwardedRequest, response: ServerResponse): ActiveRequest => {
    const served = new LocalRequest(proxy, request, response);
    const refusal = served.admit();
    if (refusal) return refuse(request, response, refusal);
    served.serve(application);
    return served;
  };
  return (request: ServerRequest, response: ServerResponse) => {
    const client = clientInfoOf(request, trust);
    const validation = validateRequest(request, proxy.limits);
    const target = 'refusal' in validation ? request.url : validation.target;
    const span = startRequestSpan(request, response, { target, trustsTraceparent: trustsTraceparent(trust) });
    const trace = traceContextOf(request.headers, trust, span);
    const forwarded = { request, target, client, trace };
    if ('refusal' in validation) return refuse(forwarded, response, validation.refusal);
    return isForwarded(target) ? forward(forwarded, response) : serveLocally(forwarded, response);
  };
}
