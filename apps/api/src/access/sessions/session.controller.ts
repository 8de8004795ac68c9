import { Body, Controller, Delete, Get, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentSession, NewSession, RefreshSession, Session, SignIn } from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../../http/context.ts';
import { Documented } from '../../http/documented.ts';
import { SessionService } from './session.service.ts';

/** These take no Idempotency-Key: there is no caller yet to whom it could belong. After a lost response, sign in again. */
@ApiTags('Sessions')
@Controller('sessions')
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Post()
  @Access('public')
  @Documented('Sign in', {
    status: 201,
    type: NewSession,
    problems: ['unauthenticated', 'second-factor-required', 'too-many-requests'],
  })
  signIn(@Ip() address: string, @Body() body: SignIn) {
    return this.sessions.signIn(address, body);
  }

  @Post('refresh')
  @Access('public')
  @Documented('Change a refresh token into new tokens', {
    status: 201,
    type: Session,
    problems: ['unauthenticated'],
  })
  refresh(@Body() body: RefreshSession) {
    return this.sessions.refresh(body);
  }

  @Get('current')
  @Access('viewer')
  @Documented('Who am I', { type: CurrentSession, problems: ['not-found'] })
  current(@Ctx() context: Context) {
    return this.sessions.current(context);
  }

  @Delete('current')
  @HttpCode(204)
  @Access('viewer')
  @Documented('Sign out', { status: 204, problems: ['not-found'] })
  signOut(@Ctx() context: Context) {
    return this.sessions.signOut(context);
  }
}
