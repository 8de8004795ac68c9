import { type DynamicModule, Module } from '@nestjs/common';
import { CsvDownload } from './csv-download.ts';
import { ExportController } from './export.controller.ts';
import { ExportService, MONEY_SCALE } from './export.service.ts';

/** Whole tables as CSV. */
@Module({})
export class ExportsModule {
  static forRoot({ currency }: { currency: string }): DynamicModule {
    const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    return {
      module: ExportsModule,
      controllers: [ExportController],
      providers: [CsvDownload, ExportService, { provide: MONEY_SCALE, useValue: maximumFractionDigits }],
      exports: [CsvDownload],
    };
  }
}
