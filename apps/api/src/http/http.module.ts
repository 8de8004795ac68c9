import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ContractValidationPipe, ProblemFilter, UndeclaredInputInterceptor } from '#service';
import { Idempotency } from './idempotency.ts';
import { EncryptionService } from './encryption.service.ts';
import { ProblemsController } from './problems.controller.ts';

/** What every route has: validated input, errors as problems, idempotent writes. */
@Global()
@Module({})
export class HttpModule {
  static forRoot({ signingKey }: { signingKey: string }): DynamicModule {
    return {
      module: HttpModule,
      controllers: [ProblemsController],
      providers: [
        Idempotency,
        { provide: EncryptionService, useFactory: () => new EncryptionService(signingKey) },
        { provide: APP_INTERCEPTOR, useClass: UndeclaredInputInterceptor },
        { provide: APP_PIPE, useClass: ContractValidationPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [Idempotency, EncryptionService],
    };
  }
}
