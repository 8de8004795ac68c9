import type { IncomingMessage } from 'node:http';
import type { Settings } from '../settings.ts';
import { type Visitor, visitorOf } from '../visitor.ts';
import { isFresh } from './access-token.ts';
import { readCookies, type TokenPair } from './cookies.ts';

/** What a request brings to be known by. */
export interface Credentials {
  /** The token that goes up: the request's own, else its cookie's. One that is not fresh goes nowhere. */
  bearer: string | undefined;
  /** Where its tokens came in a cookie; a request with an `Authorization` of its own has none that count. */
  cookie: (TokenPair & { visitor: Visitor }) | undefined;
}

const CREDENTIALS = Symbol('credentials');

/** The rate limit asks before a request goes up, the session while it does, and the limit again when it has been answered. */
type Asking = IncomingMessage & { [CREDENTIALS]?: Credentials };

/** @param now milliseconds since 1970. Read once for each request. */
export function credentialsOf(
  request: IncomingMessage,
  settings: Pick<Settings, 'trustedHops' | 'publicOrigin'>,
  now: number,
): Credentials {
  return ((request as Asking)[CREDENTIALS] ??= read(request, settings, now));
}

function read(
  request: IncomingMessage,
  settings: Pick<Settings, 'trustedHops' | 'publicOrigin'>,
  now: number,
): Credentials {
  const { authorization, cookie: field } = request.headers;
  if (authorization !== undefined) return { bearer: /^Bearer +(\S+)$/i.exec(authorization)?.[1], cookie: undefined };
  if (!field?.includes('stockroom-')) return NOBODY;
  const visitor = visitorOf(request, settings);
  const tokens = readCookies(field, visitor.secure);
  const { accessToken } = tokens;
  const bearer = accessToken !== undefined && isFresh(accessToken, now) ? accessToken : undefined;
  return { bearer, cookie: { ...tokens, visitor } };
}

const NOBODY: Credentials = { bearer: undefined, cookie: undefined };
