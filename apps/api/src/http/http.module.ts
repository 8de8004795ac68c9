import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { BorderPipe, ProblemFilter } from '#service';
import { Idempotency } from './idempotency.ts';
import { ProblemsController } from './problems.controller.ts';

/** What every route has: input checked at the border, errors as problems, writes that happen once. */
@Global()
@Module({
  controllers: [ProblemsController],
  providers: [
    Idempotency,
    { provide: APP_PIPE, useClass: BorderPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
  exports: [Idempotency],
})
export class HttpModule {}
