import { Body, Controller, Delete, Get, Header, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type BrowserSession, BrowserSignIn } from '#contracts';
import { SessionGuard } from './session.guard.ts';
import { SessionService } from './session.service.ts';

/** What a browser has instead of the API's `/sessions`: the same, with the tokens in cookies. */
@Controller('session')
@UseGuards(SessionGuard)
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Post()
  @Header('cache-control', 'no-store')
  @Header('location', '/session')
  signIn(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: BrowserSignIn,
  ): Promise<BrowserSession> {
    return this.sessions.signIn(request, reply, body);
  }

  @Get()
  @Header('cache-control', 'no-store')
  current(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<BrowserSession> {
    return this.sessions.current(request, reply);
  }

  @Delete()
  @HttpCode(204)
  signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.sessions.signOut(request, reply);
  }
}
