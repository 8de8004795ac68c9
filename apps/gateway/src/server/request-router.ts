import type { RequestListener, ServerResponse } from 'node:http';
import type { ForwardedRequest } from '../proxy/options.ts';
import type { ReverseProxy } from '../proxy/proxy.ts';
import { clientInfoOf, type Trust } from '../proxy/rules/forwarded.ts';
import { traceContextOf } from '../proxy/rules/trace-context.ts';
import { validateRequest } from '../proxy/rules/validate-request.ts';
import type { ActiveRequest, RequestHandler } from './client-connection.ts';
import { LocalRequest } from './local-request.ts';

export interface RouterOptions {
  readonly proxy: ReverseProxy;
  readonly trust: Trust;
  /** Whether a target belongs to the upstream. */
  readonly isForwarded: (target: string) => boolean;
  /** Serves all other targets. */
  readonly application: RequestListener;
}

/** Validates each request, then forwards it or hands it to the application. */
export const routeRequests =
  ({ proxy, trust, isForwarded, application }: RouterOptions): RequestHandler =>
  (request, response) => {
    const client = clientInfoOf(request, trust);
    const trace = traceContextOf(request.headers, trust);
    const validation = validateRequest(request, proxy.limits);
    const isValid = 'target' in validation;
    const forwarded = { request, target: isValid ? validation.target : request.url!, client, trace };
    if (!isValid) return refused(proxy, forwarded, response, validation.refusal);
    return isForwarded(validation.target)
      ? forward(proxy, forwarded, response)
      : serveLocally(proxy, forwarded, response, application);
  };

function forward(proxy: ReverseProxy, forwarded: ForwardedRequest, response: ServerResponse): ActiveRequest {
  const proxied = proxy.begin(forwarded, response);
  proxied.start();
  return proxied;
}

function refused(
  proxy: ReverseProxy,
  forwarded: ForwardedRequest,
  response: ServerResponse,
  refusal: Parameters<ActiveRequest['fail']>[0],
): ActiveRequest {
  const proxied = proxy.begin(forwarded, response);
  proxied.refuse(refusal);
  return proxied;
}

function serveLocally(
  proxy: ReverseProxy,
  forwarded: ForwardedRequest,
  response: ServerResponse,
  application: RequestListener,
): ActiveRequest {
  const { limits, share, timeouts, options } = proxy;
  const local = new LocalRequest({ limits, share, timeouts, principalOf: options.principalOf }, forwarded, response);
  const refusal = local.admit();
  if (refusal) return refused(proxy, forwarded, response, refusal);
  local.serve(application);
  return local;
}
