import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import type { Forwarding, Refusal } from '../forwarding/index.ts';
import { removeHeader } from '../http1/index.ts';
import { Settings } from '../settings.ts';
import { cookiesFor } from './cookies.ts';
import { credentialsOf } from './credentials.ts';
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
    if (request.headers.cookie === undefined) return undefined;
    removeHeader(headers, 'cookie');
    const { bearer, cookie } = credentialsOf(request, this.settings.publicOrigin, this.clock);
    if (!cookie?.accessToken && !cookie?.refreshToken) return undefined;
    const { refreshToken, visitor } = cookie;
    if (isWrite(request.method) && !isSameOrigin(request.headers, visitor)) return CROSS_SITE;
    if (bearer) headers.push('authorization', `Bearer ${bearer}`);
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
