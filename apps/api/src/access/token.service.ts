import { Inject, Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Role } from '#contracts';

export const SIGNING_KEY = Symbol('SIGNING_KEY');

/** How long an access token is good for. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

export interface AccessClaims {
  actorId: string;
  sessionId: string;
  name: string;
  role: Role;
}

/** Access tokens: JWTs (RFC 7519) signed with HMAC-SHA-256. */
@Injectable()
export class TokenService {
  private readonly key: Uint8Array;

  constructor(@Inject(SIGNING_KEY) signingKey: string) {
    this.key = new TextEncoder().encode(signingKey);
  }

  issue({ actorId, sessionId, name, role }: AccessClaims): Promise<string> {
    return new SignJWT({ sid: sessionId, name, role })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer('stockroom')
      .setSubject(actorId)
      .setIssuedAt()
      .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
      .sign(this.key);
  }

  /** What the token says, or undefined where it is not one of ours, or no longer good. */
  async read(token: string): Promise<(AccessClaims & { expiresAt: number }) | undefined> {
    try {
      const { payload } = await jwtVerify<{ sid: string; name: string; role: Role }>(token, this.key, {
        issuer: 'stockroom',
        algorithms: ['HS256'],
      });
      return {
        actorId: payload.sub!,
        sessionId: payload.sid,
        name: payload.name,
        role: payload.role,
        expiresAt: payload.exp!,
      };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
