import { type DynamicModule, Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { HistoryRepository } from './history.repository.ts';
import { LowStockRepository } from './low-stock.repository.ts';
import { ReportController } from './report.controller.ts';
import { REPORT_SETTINGS, ReportService, type ReportSettings } from './report.service.ts';
import { SummaryRepository } from './summary.repository.ts';
import { ValuationRepository } from './valuation.repository.ts';

/** Numbers for a dashboard and a chart. */
@Module({})
export class ReportsModule {
  static forRoot(settings: ReportSettings): DynamicModule {
    return {
      module: ReportsModule,
      imports: [CatalogModule],
      controllers: [ReportController],
      providers: [
        ReportService,
        SummaryRepository,
        LowStockRepository,
        ValuationRepository,
        HistoryRepository,
        { provide: REPORT_SETTINGS, useValue: settings },
      ],
    };
  }
}
