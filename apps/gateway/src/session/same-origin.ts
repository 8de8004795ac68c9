import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from '../forwarding/index.ts';
import type { Visitor } from '../visitor.ts';

/** RFC 9110 §9.2.1: nothing that these ask for changes anything. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export const isWrite = (method: string): boolean => !SAFE.has(method);

/**
 * Whether our own page sent this. A browser says so itself (Fetch Metadata) where the page is trustworthy (HTTPS or
 * localhost), else by `Origin`. Neither can be set by a page, and a request that says neither is not believed.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, { origin }: Pick<Visitor, 'origin'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin !== undefined && headers.origin.toLowerCase() === origin;
}

/** Whether a browser sent this for some page. */
export const isFromPage = ({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean =>
  origin !== undefined || site !== undefined;

export const CROSS_SITE: Refusal = {
  kind: 'cross-site',
  detail: 'A write with the cookie of this site must come from its own pages. Programs send Authorization instead.',
};
