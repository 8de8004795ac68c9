import type { Clock } from '../clock.ts';
import type { Asking } from '../forwarding/index.ts';
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
type Remembering = Asking & { [CREDENTIALS]?: Credentials };

/** Read once for each request. */
export function credentialsOf(request: Asking, publicOrigin: string | undefined, clock: Clock): Credentials {
  return ((request as Remembering)[CREDENTIALS] ??= read(request, publicOrigin, clock));
}

function read(request: Asking, publicOrigin: string | undefined, clock: Clock): Credentials {
  const { authorization, cookie: field } = request.headers;
  if (authorization !== undefined)
    return { bearer: /^Bearer +(\S+)$/i.exec(String(authorization))?.[1], cookie: undefined, principal: undefined };
  if (typeof field !== 'string' || !field.includes('stockroom-'))
    return { bearer: undefined, cookie: undefined, principal: undefined };
  const visitor = visitorOf(request, publicOrigin);
  const tokens = readCookies(field, visitor.secure);
  const { accessToken } = tokens;
  const bearer = accessToken !== undefined && isFresh(accessToken, clock.now()) ? accessToken : undefined;
  return { bearer, cookie: { ...tokens, visitor }, principal: undefined };
}
