import { Inject, Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { Clock } from './clock.ts';

export const SIGNING_KEY = Symbol('SIGNING_KEY');

/** How long an access token is valid. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

export interface AccessClaims {
  actorId: string;
  sessionId: string;
}

/** Access tokens: JWTs (RFC 7519) signed with HMAC-SHA-256. */
@Injectable()
export class TokenService {
  private readonly key: Uint8Array;

  constructor(
    @Inject(SIGNING_KEY) signingKey: string,
    private readonly clock: Clock,
  ) {
    this.key = new TextEncoder().encode(signingKey);
  }

  issue({ actorId, sessionId }: AccessClaims): Promise<string> {
    return new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer('stockroom')
      .setSubject(actorId)
      .setIssuedAt(this.clock.in(0))
      .setExpirationTime(this.clock.in(ACCESS_TOKEN_SECONDS * 1000))
      .sign(this.key);
  }

  /** The token's claims; the caller's role is not among them. Undefined where Stockroom did not sign the token, or it has expired. */
  async read(token: string): Promise<(AccessClaims & { expiresAt: Date }) | undefined> {
    try {
      const { payload } = await jwtVerify<{ sid: string }>(token, this.key, {
        issuer: 'stockroom',
        algorithms: ['HS256'],
        currentDate: this.clock.in(0),
      });
      return { actorId: payload.sub!, sessionId: payload.sid, expiresAt: new Date(payload.exp! * 1000) };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
