import type { ForwardedRequest, HookResult } from './forwarded-request.ts';
import { type HeaderList, removeHeader } from './rules/header-list.ts';
import { requestHeaders } from './rules/request-headers.ts';

/** The header fields sent to the upstream: those that the rules let pass, with a hook's changes. */
export function upstreamHeaders(forwarded: ForwardedRequest, { removeHeaders, addHeaders }: HookResult): HeaderList {
  const { request, client, trace } = forwarded;
  const headers = requestHeaders(request, client, trace);
  for (const name of removeHeaders ?? []) removeHeader(headers, name);
  if (addHeaders) headers.push(...addHeaders);
  return headers;
}
