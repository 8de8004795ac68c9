import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import type { ForwardedRequest, HookResult } from '../proxy/forwarded-request.ts';
import type { Refusal } from '../proxy/rules/refusal.ts';
import { Settings } from '../settings.ts';
import { type BrowserInfo, forwardedHeaders } from './browser-info.ts';
import { cookiesFor } from './cookies.ts';
import { credentialsOf } from './credentials.ts';
import { TokenRefresh } from './token-refresh.ts';
import { CROSS_SITE, isSameOrigin, isWrite } from './same-origin.ts';

/** No cookie is forwarded. */
const WITHOUT_COOKIE: HookResult = { removeHeaders: ['cookie'] };

/** Turns a browser's cookie into `Authorization` for the API. */
@Injectable()
export class CookieBearer {
  constructor(
    private readonly settings: Settings,
    private readonly tokenRefresh: TokenRefresh,
    private readonly clock: Clock,
  ) {}

  /** A request with an `Authorization` of its own keeps it, and its cookie is ignored. */
  beforeForward(forwarded: ForwardedRequest): HookResult | Refusal | undefined | Promise<HookResult> {
    const { request } = forwarded;
    if (request.headers.cookie === undefined) return undefined;
    const { bearer, cookie } = credentialsOf(request, this.settings, this.clock);
    if (!cookie?.accessToken && !cookie?.refreshToken) return WITHOUT_COOKIE;
    const { refreshToken, browser } = cookie;
    if (isWrite(request.method) && !isSameOrigin(request.headers, browser)) return CROSS_SITE;
    if (bearer) return { ...WITHOUT_COOKIE, addHeaders: ['authorization', `Bearer ${bearer}`] };
    return refreshToken ? this.refresh(forwarded, refreshToken, browser) : WITHOUT_COOKIE;
  }

  /** Where the session is over, the request goes on without a caller: not every route needs one. */
  private async refresh(
    { trace: { requestId, traceparent } }: ForwardedRequest,
    refreshToken: string,
    browser: BrowserInfo,
  ): Promise<HookResult> {
    const onBehalf = { ...forwardedHeaders(browser), 'x-request-id': requestId, traceparent };
    const session = await this.tokenRefresh.refresh(refreshToken, onBehalf);
    if (!session) return WITHOUT_COOKIE;
    return {
      ...WITHOUT_COOKIE,
      addHeaders: ['authorization', `Bearer ${session.accessToken}`],
      responseHeaders: cookiesFor(session, browser.secure).flatMap((cookie) => ['set-cookie', cookie]),
    };
  }
}
