import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Role, roles } from '#contracts';
import { ACCESS, Problem } from '#service';
import { Authenticator, unauthenticated } from './authenticator.ts';

/** Lets a request through where its caller's role is at least the route's. Routes that name no role are denied. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<Role | 'public' | undefined>(ACCESS, [
      execution.getHandler(),
      execution.getClass(),
    ]);
    if (needed === 'public') return true;
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const bearer = readBearerToken(request);
    const found = this.authenticator.findCached(bearer) ?? (await this.authenticator.authenticate(bearer));
    if (!found) throw unauthenticated('The access token or API key is not, or no longer, valid.');
    if (!needed || roles.indexOf(found.caller.role) < roles.indexOf(needed)) {
      throw new Problem(
        'forbidden',
        `This needs the role ${needed ?? 'that no one has'}; you are ${found.caller.role}.`,
      );
    }
    request.caller = found.caller;
    request.sessionId = found.sessionId;
    return true;
  }
}

/** @throws Problem `unauthenticated` */
export function readBearerToken({ headers }: FastifyRequest): string {
  const [, token] = /^Bearer +([\x21-\x7e]{1,1024})$/i.exec(headers.authorization ?? '') ?? [];
  if (!token)
    throw unauthenticated('Send Authorization: Bearer with an access token (POST /api/v1/sessions) or an API key.');
  return token;
}
