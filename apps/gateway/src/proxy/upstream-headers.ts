import { type Span, traceHeaders } from '#service';
import type { ForwardedRequest, HookResult } from './forwarded-request.ts';
import { type HeaderList, removeHeader } from './rules/header-list.ts';
import { requestHeaders } from './rules/request-headers.ts';

/**
 * The header fields sent to the upstream: those that the rules let pass, with a hook's changes.
 * @param span of the exchange, where it has one
 */
export function upstreamHeaders(
  { request, client, trace }: ForwardedRequest,
  { removeHeaders, addHeaders }: HookResult,
  span: Span | undefined,
): HeaderList {
  const headers = requestHeaders(request, client, span ? { ...trace, ...traceHeaders(span) } : trace);
  for (const name of removeHeaders ?? []) removeHeader(headers, name);
  if (addHeaders) headers.push(...addHeaders);
  return headers;
}
