import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserSession, CurrentSession, Session, SignIn } from '#contracts';
import { Problem } from '#service';
import { Clock } from '../clock.ts';
import { InventoryApi, type OnBehalf } from '../inventory/inventory-api.ts';
import { Settings } from '../settings.ts';
import { type Visitor, visitorOf } from '../visitor.ts';
import { isFresh } from './access-token.ts';
import { cookiesFor, noCookies, readCookies, type TokenPair } from './cookies.ts';
import { Renewals } from './renewals.ts';

/** One request of a browser about its session. */
interface Visit extends Visitor, TokenPair {
  onBehalf: OnBehalf;
  reply: FastifyReply;
}

/** What a browser can do about its session. Its tokens are in cookies that no script can read, and nowhere else. */
@Injectable()
export class SessionService {
  constructor(
    private readonly api: InventoryApi,
    private readonly renewals: Renewals,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async signIn(request: FastifyRequest, reply: FastifyReply, body: SignIn): Promise<BrowserSession> {
    const visit = this.visit(request, reply);
    const session = await this.api.signIn(body, visit.onBehalf);
    setCookies(visit, cookiesFor(session, visit.secure));
    return { user: session.user };
  }

  /** Asks the API, so that a session that was ended elsewhere is seen to be over. */
  async current(request: FastifyRequest, reply: FastifyReply): Promise<BrowserSession> {
    const visit = this.visit(request, reply);
    const { accessToken } = visit;
    if (!accessToken && !visit.refreshToken) return { user: null };
    const current = accessToken && (await this.currentOf(accessToken, visit));
    if (current) return { user: current.user };
    const session = await this.renewalOf(visit);
    setCookies(visit, session ? cookiesFor(session, visit.secure) : noCookies(visit.secure));
    return { user: session?.user ?? null };
  }

  /**
   * The browser forgets its tokens, come what may.
   * @throws Problem `unavailable` where the session itself could not be ended
   */
  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const visit = this.visit(request, reply);
    setCookies(visit, noCookies(visit.secure));
    const { accessToken, onBehalf } = visit;
    const isUsable = accessToken !== undefined && isFresh(accessToken, this.clock.now());
    const usable = isUsable ? accessToken : (await this.renewalOf(visit))?.accessToken;
    if (usable) await unlessOver(this.api.signOut(usable, onBehalf));
  }

  private visit(request: FastifyRequest, reply: FastifyReply): Visit {
    const visitor = visitorOf(request.raw, this.settings.publicOrigin);
    const onBehalf = { ...visitor.headers, 'x-request-id': request.id };
    return { ...visitor, ...readCookies(request.headers.cookie, visitor.secure), onBehalf, reply };
  }

  private async currentOf(accessToken: string, { onBehalf }: Visit): Promise<CurrentSession | undefined> {
    if (!isFresh(accessToken, this.clock.now())) return undefined;
    return unlessOver(this.api.currentSession(accessToken, onBehalf));
  }

  private async renewalOf({ refreshToken, onBehalf }: Visit): Promise<Session | undefined> {
    return refreshToken ? this.renewals.renew(refreshToken, onBehalf) : undefined;
  }
}

const setCookies = ({ reply }: Visit, cookies: string[]) => void reply.header('set-cookie', cookies);

/** Undefined where the API says that the token is no longer good. */
async function unlessOver<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'unauthenticated') return undefined;
    throw error;
  }
}
