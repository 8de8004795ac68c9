import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.ts';
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
  /** Who it is, where that was known when the request came. */
  principal: string | undefined;
}

const CREDENTIALS = Symbol('credentials');

/** The rate limit asks before a request goes up, the session while it does, and the limit again when it has been answered. */
type Asking = IncomingMessage & { [CREDENTIALS]?: Credentials };

/** Read once for each request. */
export function credentialsOf(
  request: IncomingMessage,
  settings: Pick<Settings, 'trustedHops' | 'publicOrigin'>,
  clock: Clock,
): Credentials {
  return ((request as Asking)[CREDENTIALS] ??= read(request, settings, clock));
}

function read(
  request: IncomingMessage,
  settings: Pick<Settings, 'trustedHops' | 'publicOrigin'>,
  clock: Clock,
): Credentials {
  const { authorization, cookie: field } = request.headers;
  if (authorization !== undefined)
    return { bearer: /^Bearer +(\S+)$/i.exec(authorization)?.[1], cookie: undefined, principal: undefined };
  if (!field?.includes('stockroom-')) return { bearer: undefined, cookie: undefined, principal: undefined };
  const visitor = visitorOf(request, settings);
  const tokens = readCookies(field, visitor.secure);
  const { accessToken } = tokens;
  const bearer = accessToken !== undefined && isFresh(accessToken, clock.now()) ? accessToken : undefined;
  return { bearer, cookie: { ...tokens, visitor }, principal: undefined };
}
