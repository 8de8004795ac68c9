import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#service';
import type { HeaderList } from '../http1/index.ts';
import { Settings } from '../settings.ts';
import { type Visitor, visitorOf } from '../visitor.ts';
import { readCookies } from './cookies.ts';
import { CROSS_SITE, isFromPage, isSameOrigin, isWrite } from './same-origin.ts';

/** Keeps other sites' pages from signing anybody in or out, and everybody from asking too often. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly settings: Settings) {}

  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const visitor = visitorOf(request.raw, this.settings.publicOrigin);
    this.limit(request, execution.switchToHttp().getResponse<FastifyReply>(), visitor);
    if (isWrite(request.method) && !isAllowed(request, visitor)) throw new Problem(CROSS_SITE.kind, CROSS_SITE.detail);
    return true;
  }

  private limit({ raw }: FastifyRequest, reply: FastifyReply, { address }: Visitor): void {
    const fields: HeaderList = [];
    const refusal = this.settings.rateLimit?.check(raw, address, fields);
    for (let i = 0; i < fields.length; i += 2) void reply.header(fields[i]!, fields[i + 1]!);
    if (refusal) throw new Problem(refusal.kind, refusal.detail, refusal.extra);
  }
}

/** A program that brings no cookie has nothing that another site could abuse. */
function isAllowed({ headers }: FastifyRequest, visitor: Visitor): boolean {
  if (isSameOrigin(headers, visitor)) return true;
  const { accessToken, refreshToken } = readCookies(headers.cookie, visitor.secure);
  return !isFromPage(headers) && !accessToken && !refreshToken;
}
