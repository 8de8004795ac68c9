import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from '../proxy/rules/refusal.ts';

/** RFC 9110 §9.2.1: safe methods change nothing. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export const isWrite = (method: string): boolean => !SAFE.has(method);

/**
 * Whether a page of the gateway's own origin sent a request. A browser says so in Fetch Metadata where the page is potentially
 * trustworthy (HTTPS or localhost), else in `Origin`. A page can set neither; a request with neither is refused.
 */
export function isSameOrigin(
  headers: IncomingHttpHeaders,
  { origin }: { readonly origin: string | undefined },
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin !== undefined && headers.origin.toLowerCase() === origin;
}

/** Whether a browser sent the request for a page. */
export const isFromPage = ({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean =>
  origin !== undefined || site !== undefined;

export const CROSS_SITE: Refusal = {
  kind: 'cross-site',
  detail: 'A write with a session cookie must come from a page of this site. Programs send Authorization instead.',
};
