import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.ts';
import { isFresh } from './access-token.ts';
import { type BrowserInfo, browserInfoOf, type SiteSettings } from './browser-info.ts';
import { readCookies, type TokenPair } from './cookies.ts';

/** How a request identifies its caller. */
export interface Credentials {
  /** The token for the API: the request's own, else the cookie's. Undefined where the cookie's is not fresh. */
  readonly bearer: string | undefined;
  /** Where tokens came in a cookie; undefined where the request has an `Authorization` of its own. */
  readonly cookie: (TokenPair & { readonly browser: BrowserInfo }) | undefined;
}

const NONE: Credentials = { bearer: undefined, cookie: undefined };

/** Read once for each request: the rate limit needs them before it is forwarded, the session meanwhile, the limit again at its end. */
const known = new WeakMap<IncomingMessage, Credentials>();

export function credentialsOf(request: IncomingMessage, site: SiteSettings, clock: Clock): Credentials {
  const { authorization, cookie } = request.headers;
  if (authorization === undefined && !cookie?.includes('stockroom-')) return NONE;
  let credentials = known.get(request);
  if (!credentials) {
    credentials = authorization === undefined ? ofCookie(request, site, clock) : ofHeader(authorization);
    known.set(request, credentials);
  }
  return credentials;
}

const ofHeader = (authorization: string): Credentials => ({
  bearer: /^Bearer +(\S+)$/i.exec(authorization)?.[1],
  cookie: undefined,
});

function ofCookie(request: IncomingMessage, site: SiteSettings, clock: Clock): Credentials {
  const browser = browserInfoOf(request, site);
  const tokens = readCookies(request.headers.cookie, browser.secure);
  const { accessToken } = tokens;
  const bearer = accessToken !== undefined && isFresh(accessToken, clock.now()) ? accessToken : undefined;
  return { bearer, cookie: { ...tokens, browser } };
}
