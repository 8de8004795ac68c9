import { type DynamicModule, Module } from '@nestjs/common';

/** Numbers for a dashboard and a chart. */
@Module({})
export class ReportsModule {
  static forRoot(_: { currency: string }): DynamicModule {
    return { module: ReportsModule };
  }
}
