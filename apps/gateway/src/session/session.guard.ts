import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#service';
import { Settings } from '../settings.ts';
import { type BrowserInfo, browserInfoOf } from './browser-info.ts';
import { readCookies } from './cookies.ts';
import { CROSS_SITE, isFromPage, isSameOrigin, isWrite } from './same-origin.ts';

/** Keeps pages of other sites from signing a person in or out, and applies the rate limit. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly settings: Settings) {}

  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const browser = browserInfoOf(request.raw, this.settings);
    this.limit(request, execution.switchToHttp().getResponse<FastifyReply>(), browser);
    if (isWrite(request.method) && !isAllowed(request, browser)) throw new Problem(CROSS_SITE.kind, CROSS_SITE.detail);
    return true;
  }

  private limit({ raw }: FastifyRequest, reply: FastifyReply, { address }: BrowserInfo): void {
    const result = this.settings.rateLimit?.check(raw, address);
    if (!result) return;
    const { headers, refusal } = result;
    for (let i = 0; i < headers.length; i += 2) void reply.header(headers[i]!, headers[i + 1]!);
    if (refusal) throw new Problem(refusal.kind, refusal.detail, refusal.extra);
  }
}

/** A request without a session cookie and without a browser's fields holds nothing that another site could abuse. */
function isAllowed({ headers }: FastifyRequest, browser: BrowserInfo): boolean {
  if (isSameOrigin(headers, browser)) return true;
  const { accessToken, refreshToken } = readCookies(headers.cookie, browser.secure);
  return !isFromPage(headers) && !accessToken && !refreshToken;
}
