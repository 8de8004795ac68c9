import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.ts';
import { AccountController } from './account/account.controller.ts';
import { AccountService } from './account/account.service.ts';
import { Authenticator } from './authenticator.ts';
import { CallerController } from './caller.controller.ts';
import { Clock } from './clock.ts';
import { KeyController } from './keys/key.controller.ts';
import { KeyRepository } from './keys/key.repository.ts';
import { KeyService } from './keys/key.service.ts';
import { PasswordMailRepository } from './password-reset/password-mail.repository.ts';
import { PasswordMailService } from './password-reset/password-mail.service.ts';
import { PasswordResetController } from './password-reset/password-reset.controller.ts';
import { PasswordResetRepository } from './password-reset/password-reset.repository.ts';
import { PasswordResetService } from './password-reset/password-reset.service.ts';
import { ResetThrottle } from './password-reset/reset-throttle.ts';
import { SecondFactorRepository } from './second-factor/second-factor.repository.ts';
import { SecondFactorService } from './second-factor/second-factor.service.ts';
import { PasswordHasher } from './secrets/password-hasher.ts';
import { AttemptCounters } from './sessions/attempt-counters.ts';
import { DeviceTokens } from './sessions/device-tokens.ts';
import { KnownNetworkRepository } from './sessions/known-network.repository.ts';
import { SessionController } from './sessions/session.controller.ts';
import { SessionRepository } from './sessions/session.repository.ts';
import { SessionService } from './sessions/session.service.ts';
import { ThrottleRepository } from './sessions/throttle.repository.ts';
import { SignInThrottle } from './sessions/sign-in-throttle.ts';
import { SIGNING_KEY, TokenService } from './token.service.ts';
import { UserController } from './users/user.controller.ts';
import { UserRepository } from './users/user.repository.ts';
import { UserService } from './users/user.service.ts';

interface AccessOptions {
  signingKey: string;
  alertsModule: DynamicModule;
  mailModule: DynamicModule;
}

/** People, sessions, keys and roles. */
@Module({})
export class AccessModule {
  static forRoot({ signingKey, alertsModule, mailModule }: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      imports: [alertsModule, mailModule],
      controllers: [
        SessionController,
        PasswordResetController,
        CallerController,
        AccountController,
        UserController,
        KeyController,
      ],
      providers: [
        Clock,
        PasswordHasher,
        TokenService,
        Authenticator,
        AttemptCounters,
        SignInThrottle,
        ThrottleRepository,
        KnownNetworkRepository,
        DeviceTokens,
        SessionRepository,
        SessionService,
        UserRepository,
        UserService,
        AccountService,
        PasswordMailRepository,
        PasswordMailService,
        PasswordResetRepository,
        PasswordResetService,
        ResetThrottle,
        SecondFactorRepository,
        SecondFactorService,
        KeyRepository,
        KeyService,
        { provide: SIGNING_KEY, useValue: signingKey },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [Authenticator, TokenService, SessionService, PasswordMailService],
    };
  }
}
