import { type DynamicModule, Module } from '@nestjs/common';
import { AlertRepository } from './alert.repository.ts';
import { AlertService } from './alert.service.ts';

/** What people are told of by mail. */
@Module({})
export class AlertsModule {
  static forRoot({ mailModule }: { mailModule: DynamicModule }): DynamicModule {
    return {
      module: AlertsModule,
      imports: [mailModule],
      providers: [AlertRepository, AlertService],
      exports: [AlertService],
    };
  }
}
