import { Injectable } from '@nestjs/common';
import { Problem } from '#service';
import type { Caller } from './caller.ts';
import { Clock } from './clock.ts';
import { KeyRepository } from './keys/key.repository.ts';
import { CACHE_TTL_MS, type Principal, PrincipalCache } from './principal-cache.ts';
import { hashToken, KEY_PREFIX } from './secrets/opaque-token.ts';
import { SessionRepository } from './sessions/session.repository.ts';
import { TokenService } from './token.service.ts';

/** How exact `lastUsedAt` is. */
const LAST_USED_INTERVAL_MS = 60_000;

interface ExpiringPrincipal extends Principal {
  /** When the token, the session or the key ends by itself. */
  expiries: Date[];
}

/** Finds the caller that a bearer token identifies. */
@Injectable()
export class Authenticator {
  private readonly cache = new PrincipalCache();

  constructor(
    private readonly tokens: TokenService,
    private readonly sessions: SessionRepository,
    private readonly keys: KeyRepository,
    private readonly clock: Clock,
  ) {}

  /** The caller, where a recent request had the same token: no database, no cryptography. */
  findCached(bearer: string): Principal | undefined {
    return this.cache.get(bearer, this.clock.now());
  }

  /** The caller, by the signature and the database; undefined where there is none. */
  async authenticate(bearer: string): Promise<Principal | undefined> {
    const now = this.clock.now();
    const { generation } = this.cache;
    const found = await (bearer.startsWith(KEY_PREFIX)
      ? this.fromApiKey(bearer, now)
      : this.fromAccessToken(bearer, now));
    if (!found) return undefined;
    const { expiries, ...principal } = found;
    this.cache.put(
      bearer,
      principal,
      Math.min(now + CACHE_TTL_MS, ...expiries.map((end) => end.getTime())),
      generation,
    );
    return principal;
  }

  /** Clears the cache: called after a change to people, sessions or keys, so that it takes effect here at once. */
  clearCache(): void {
    this.cache.clear();
  }

  private async fromAccessToken(token: string, now: number): Promise<ExpiringPrincipal | undefined> {
    const claims = await this.tokens.read(token);
    const session = claims && (await this.sessions.findPrincipal(claims.sessionId, new Date(now)));
    if (!session) return undefined;
    const { expiresAt, ...person } = session;
    const caller: Caller = { kind: 'user', ...person };
    return { caller, sessionId: claims.sessionId, expiries: [claims.expiresAt, expiresAt] };
  }

  private async fromApiKey(key: string, now: number): Promise<ExpiringPrincipal | undefined> {
    const known = await this.keys.findPrincipal(hashToken(key), new Date(now));
    if (!known) return undefined;
    const { expiresAt, lastUsedAt, ...program } = known;
    if (now - (lastUsedAt?.getTime() ?? 0) >= LAST_USED_INTERVAL_MS) {
      // Not awaited: a request is not refused because its last use could not be recorded.
      this.keys.recordUse(program.actorId, new Date(now), this.clock.in(-LAST_USED_INTERVAL_MS)).catch(() => undefined);
    }
    return { caller: { kind: 'api-key', ...program }, expiries: expiresAt ? [expiresAt] : [] };
  }
}

/** RFC 6750 §3. */
export const unauthenticated = (detail: string): Problem =>
  new Problem('unauthenticated', detail, { headers: { 'www-authenticate': 'Bearer realm="stockroom"' } });
