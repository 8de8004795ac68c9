import { Injectable } from '@nestjs/common';
import { type RefreshSession, type Session, SESSION_IDLE_SECONDS, type SignIn, type User } from '#contracts';
import { paths } from '#runtime';
import { Problem } from '#service';
import { Database, type Queryable } from '../../database/database.ts';
import { JsonResponse, noContent, ok, type Resource } from '../../http/json-response.ts';
import type { Context } from '../../http/context.ts';
import { EncryptionService } from '../../http/encryption.service.ts';
import { Authenticator, unauthenticated } from '../authenticator.ts';
import { Clock } from '../clock.ts';
import { SecondFactorService } from '../second-factor/second-factor.service.ts';
import { hashToken, generateToken } from '../secrets/opaque-token.ts';
import { PasswordHasher } from '../secrets/password-hasher.ts';
import { ACCESS_TOKEN_SECONDS, TokenService } from '../token.service.ts';
import { UserRepository } from '../users/user.repository.ts';
import { SessionRepository } from './session.repository.ts';
import { DeviceTokens } from './device-tokens.ts';
import { SignInThrottle } from './sign-in-throttle.ts';

const IDLE_TIMEOUT_MS = SESSION_IDLE_SECONDS * 1000;

/**
 * For how long the token that was used last may be used again, with the same outcome. Two gateway tasks that refresh one
 * browser's session in the same moment, and a browser that left the page before the response came, are no thieves.
 */
const REUSE_GRACE_MS = 30_000;

/** RFC 6749 §5.1: what holds a token is kept nowhere on its way. */
const HEADERS = { location: `${paths.api}/sessions/current`, 'cache-control': 'no-store' };

@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
    private readonly throttle: SignInThrottle,
    private readonly deviceTokens: DeviceTokens,
    private readonly passwords: PasswordHasher,
    private readonly secondFactors: SecondFactorService,
    private readonly tokens: TokenService,
    private readonly authenticator: Authenticator,
    private readonly encryption: EncryptionService,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /**
   * An unknown e-mail address and a wrong password get the same response in the same time. So do a wrong password and a
   * wrong code, where there is a code; that one is missing is said only after the right password.
   */
  async signIn(address: string, { email, password, code, deviceToken }: SignIn): Promise<JsonResponse> {
    const { emailKey: account, id, passwordHash } = await this.users.credentials(email);
    const deviceId = this.deviceTokens.verify(deviceToken, account);
    const attempt = await this.throttle.classify({ account, userId: id, address, deviceId });
    await this.throttle.assertAllowed(attempt);
    const lane = attempt.isKnown ? 'priority' : 'normal';
    const matches = await this.passwords.verify(password, passwordHash ?? undefined, {
      lane,
      key: attempt.network.toString('hex'),
    });
    const factor = await this.secondFactors.check(id, code);
    await this.throttle.recordResult(attempt, matches && factor !== 'wrong');
    if (!id || !passwordHash || !matches || factor === 'wrong') throw wrongCredentials(code);
    if (factor === 'missing')
      throw new Problem('second-factor-required', 'Send a code of your authenticator app, or a recovery code.');
    return this.database.transaction(async (tx) => {
      const sessionId = await this.sessions.insert(tx, id, passwordHash, this.clock.in(IDLE_TIMEOUT_MS));
      if (!sessionId || !(await this.secondFactors.use(tx, id, factor))) throw wrongCredentials(code);
      const refreshToken = generateToken();
      await this.sessions.insertToken(tx, sessionId, hashToken(refreshToken));
      await this.throttle.rememberNetwork(tx, id, attempt);
      return this.createResponse(tx, sessionId, id, refreshToken, { deviceToken: this.deviceTokens.issue(account) });
    });
  }

  /** Ends the token and gives the next one. One that was used before the last was stolen, then or now: its session ends. */
  async refresh({ refreshToken }: RefreshSession): Promise<JsonResponse> {
    const hash = hashToken(refreshToken);
    const next = this.deriveNextToken(refreshToken);
    const now = new Date(this.clock.now());
    const outcome = await this.database.transaction(async (tx) => {
      const session = await this.sessions.lockByToken(tx, hash, now);
      if (!session) return 'unknown';
      if (await this.sessions.useToken(tx, hash, now)) {
        await this.sessions.insertToken(tx, session.id, hashToken(next));
        await this.sessions.extend(tx, session.id, this.clock.in(IDLE_TIMEOUT_MS));
      } else if (!(await this.sessions.wasJustUsed(tx, hash, hashToken(next), this.clock.in(-REUSE_GRACE_MS)))) {
        await this.sessions.delete(tx, session.id);
        return 'reused';
      }
      return this.createResponse(tx, session.id, session.userId, next);
    });
    if (outcome instanceof JsonResponse) return outcome;
    if (outcome === 'reused') this.authenticator.clearCache();
    throw unauthenticated('The refresh token is not, or no longer, valid. Sign in again.');
  }

  async current({ caller, sessionId }: Context): Promise<JsonResponse> {
    if (!sessionId) throw noSession();
    const { json, etag } = await this.findUser(caller.actorId);
    return ok({ json: `{"user":${json}}`, etag });
  }

  async signOut({ sessionId }: Context): Promise<JsonResponse> {
    if (!sessionId) throw noSession();
    await this.sessions.delete(this.database, sessionId);
    this.authenticator.clearCache();
    return noContent();
  }

  /** Deletes what is over: sessions, used refresh tokens, failed sign-ins. For a sweep now and then. */
  async deleteExpired(): Promise<void> {
    await this.sessions.deleteExpired(new Date(this.clock.now()), this.clock.in(-IDLE_TIMEOUT_MS));
    await this.throttle.deleteExpired();
  }

  /** The token that follows this one: every task computes the same one, and only with our key. */
  private deriveNextToken(refreshToken: string): string {
    return this.encryption.hmac(`refresh ${refreshToken}`).toString('base64url');
  }

  private async createResponse(
    tx: Queryable,
    sessionId: string,
    userId: string,
    refreshToken: string,
    extra: { deviceToken?: string } = {},
  ): Promise<JsonResponse> {
    const user = await this.findUser(userId, tx);
    const accessToken = await this.tokens.issue({ actorId: userId, sessionId });
    const body = {
      accessToken,
      refreshToken,
      expiresIn: ACCESS_TOKEN_SECONDS,
      user: JSON.parse(user.json) as User,
      ...extra,
    };
    return new JsonResponse(201, JSON.stringify(body satisfies Session), HEADERS);
  }

  private async findUser(id: string, db?: Queryable): Promise<Resource> {
    const user = await this.users.find(id, db);
    if (!user) throw unauthenticated('The account is gone.');
    return user;
  }
}

const wrongCredentials = (code: string | undefined) =>
  unauthenticated(
    code === undefined
      ? 'The e-mail address or the password is wrong.'
      : 'The e-mail address, the password or the code is wrong.',
  );
const noSession = () => new Problem('not-found', 'An API key has no session.');
