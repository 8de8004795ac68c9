import { Module } from '@nestjs/common';
import { CookieBearer } from './cookie-bearer.ts';
import { TokenRefresh } from './token-refresh.ts';
import { SessionController } from './session.controller.ts';
import { SessionGuard } from './session.guard.ts';
import { SessionService } from './session.service.ts';

/** Cookies in the browser, bearer tokens behind the gateway. */
@Module({
  controllers: [SessionController],
  providers: [CookieBearer, TokenRefresh, SessionGuard, SessionService],
})
export class SessionModule {}
