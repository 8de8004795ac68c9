import { Injectable } from '@nestjs/common';
import type { Caller } from './caller.ts';
import { TokenService } from './token.service.ts';

/** Finds out who is behind a bearer token. */
@Injectable()
export class Authenticator {
  constructor(private readonly tokens: TokenService) {}

  async identify(bearer: string): Promise<{ caller: Caller; sessionId?: string } | undefined> {
    const claims = await this.tokens.read(bearer);
    return (
      claims && {
        caller: { actorId: claims.actorId, kind: 'user', name: claims.name, role: claims.role },
        sessionId: claims.sessionId,
      }
    );
  }
}
