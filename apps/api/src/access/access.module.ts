import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.ts';
import { Authenticator } from './authenticator.ts';
import { SIGNING_KEY, TokenService } from './token.service.ts';

/** People, sessions, keys and roles. */
@Module({})
export class AccessModule {
  static forRoot({ signingKey }: { signingKey: string }): DynamicModule {
    return {
      module: AccessModule,
      providers: [
        TokenService,
        Authenticator,
        { provide: SIGNING_KEY, useValue: signingKey },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [TokenService],
    };
  }
}
