import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { type Forwarding, type Refusal, removeHeader } from '../forwarding/index.ts';
import { Settings } from '../settings.ts';
import { visitorOf } from '../visitor.ts';
import { isFresh } from './access-token.ts';
import { cookiesFor, readCookies } from './cookies.ts';
import { Renewals } from './renewals.ts';
import { CROSS_SITE, isSameOrigin, isWrite } from './same-origin.ts';

/** Turns a browser's cookie into `Authorization` on the way up. No cookie goes further. */
@Injectable()
export class CookieBearer {
  constructor(
    private readonly settings: Settings,
    private readonly renewals: Renewals,
    private readonly clock: Clock,
  ) {}

  /** A request with an `Authorization` of its own keeps it, and its cookie counts for nothing. */
  prepare(forwarding: Forwarding): Refusal | undefined | Promise<undefined> {
    const { request, headers } = forwarding;
    const { cookie, authorization } = request.headers;
    if (cookie === undefined) return undefined;
    removeHeader(headers, 'cookie');
    if (authorization !== undefined) return undefined;
    const visitor = visitorOf(request, this.settings);
    const { accessToken, refreshToken } = readCookies(cookie, visitor.secure);
    if (!accessToken && !refreshToken) return undefined;
    if (isWrite(request.method!) && !isSameOrigin(request.headers, visitor)) return CROSS_SITE;
    if (accessToken && isFresh(accessToken, this.clock.now())) headers.push('authorization', `Bearer ${accessToken}`);
    else if (refreshToken) return this.renew(forwarding, refreshToken, visitor.secure, visitor.headers);
    return undefined;
  }

  /** Where the session is over, the request goes up as nobody's: not everything needs somebody. */
  private async renew(
    { headers, answerHeaders, requestId, traceparent }: Forwarding,
    refreshToken: string,
    secure: boolean,
    onBehalf: Record<string, string>,
  ): Promise<undefined> {
    const session = await this.renewals.renew(refreshToken, { ...onBehalf, 'x-request-id': requestId, traceparent });
    if (!session) return;
    headers.push('authorization', `Bearer ${session.accessToken}`);
    for (const cookie of cookiesFor(session, secure)) answerHeaders.push('set-cookie', cookie);
  }
}
