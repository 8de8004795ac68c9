import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserSession, BrowserSignIn, CurrentSession, Session } from '#contracts';
import { Problem } from '#service';
import { Clock } from '../clock.ts';
import { InventoryApi, type ClientHeaders } from '../inventory/inventory-api.ts';
import { Settings } from '../settings.ts';
import { isFresh } from './access-token.ts';
import { type BrowserInfo, browserInfoOf, forwardedHeaders } from './browser-info.ts';
import { cookiesFor, deviceCookieFor, noCookies, readCookies, readDeviceToken, type TokenPair } from './cookies.ts';
import { TokenRefresh } from './token-refresh.ts';

/** A browser's request about its session. */
interface SessionCall extends BrowserInfo, TokenPair {
  onBehalf: ClientHeaders;
  reply: FastifyReply;
}

/** A browser's session. Its tokens are in cookies that no script can read, and nowhere else. */
@Injectable()
export class SessionService {
  constructor(
    private readonly api: InventoryApi,
    private readonly tokenRefresh: TokenRefresh,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async signIn(request: FastifyRequest, reply: FastifyReply, body: BrowserSignIn): Promise<BrowserSession> {
    const call = this.read(request, reply);
    const deviceToken = readDeviceToken(request.headers.cookie, call.secure);
    const session = await this.api.signIn({ ...body, ...(deviceToken && { deviceToken }) }, call.onBehalf);
    setCookies(call, [...cookiesFor(session, call.secure), deviceCookieFor(session, call.secure)]);
    return { user: session.user };
  }

  /** Asks the API, so that a session that was ended elsewhere is seen to be over. */
  async current(request: FastifyRequest, reply: FastifyReply): Promise<BrowserSession> {
    const call = this.read(request, reply);
    const { accessToken } = call;
    if (!accessToken && !call.refreshToken) return { user: null };
    const current = accessToken && (await this.currentOf(accessToken, call));
    if (current) return { user: current.user };
    const session = await this.refreshed(call);
    setCookies(call, session ? cookiesFor(session, call.secure) : noCookies(call.secure));
    return { user: session?.user ?? null };
  }

  /**
   * The browser drops its tokens in every case.
   * @throws Problem `unavailable` where the session itself could not be ended
   */
  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const call = this.read(request, reply);
    setCookies(call, noCookies(call.secure));
    const { accessToken, onBehalf } = call;
    const isUsable = accessToken !== undefined && isFresh(accessToken, this.clock.now());
    const usable = isUsable ? accessToken : (await this.refreshed(call))?.accessToken;
    if (usable) await unlessEnded(this.api.signOut(usable, onBehalf));
  }

  private read(request: FastifyRequest, reply: FastifyReply): SessionCall {
    const browser = browserInfoOf(request.raw, this.settings);
    const onBehalf = { ...forwardedHeaders(browser), 'x-request-id': request.id };
    return { ...browser, ...readCookies(request.headers.cookie, browser.secure), onBehalf, reply };
  }

  private async currentOf(accessToken: string, { onBehalf }: SessionCall): Promise<CurrentSession | undefined> {
    if (!isFresh(accessToken, this.clock.now())) return undefined;
    return unlessEnded(this.api.currentSession(accessToken, onBehalf));
  }

  private async refreshed({ refreshToken, onBehalf }: SessionCall): Promise<Session | undefined> {
    return refreshToken ? this.tokenRefresh.refresh(refreshToken, onBehalf) : undefined;
  }
}

const setCookies = ({ reply }: SessionCall, cookies: string[]) => void reply.header('set-cookie', cookies);

/** Undefined where the API says that the token is no longer valid. */
async function unlessEnded<T>(response: Promise<T>): Promise<T | undefined> {
  try {
    return await response;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'unauthenticated') return undefined;
    throw error;
  }
}
