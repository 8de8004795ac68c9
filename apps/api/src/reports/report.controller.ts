import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  History,
  HistoryQuery,
  ListLowStock,
  LowItem,
  ReportOptions,
  Summary,
  SummaryOptions,
  Valuation,
} from '#contracts';
import { Access } from '#service';
import { Documented } from '../http/documented.ts';
import { ReportService } from './report.service.ts';

@ApiTags('Reports')
@Controller('reports')
export class ReportController {
  constructor(private readonly reports: ReportService) {}

  @Get('summary')
  @Access('viewer')
  @Documented('The whole of the stock in a few numbers', { type: Summary })
  summary(@Query() query: SummaryOptions) {
    return this.reports.summary(query);
  }

  @Get('low-stock')
  @Access('viewer')
  @Documented('List items at or below their reorder point', { page: LowItem })
  lowStock(@Query() query: ListLowStock) {
    return this.reports.lowStock(query);
  }

  @Get('valuation')
  @Access('viewer')
  @Documented('What the stock is worth at cost, by category and by location', { type: Valuation })
  valuation(@Query() query: ReportOptions) {
    return this.reports.valuation(query);
  }

  @Get('history')
  @Access('viewer')
  @Documented('What was on hand of an item over time', { type: History, problems: ['not-found'] })
  history(@Query() query: HistoryQuery) {
    return this.reports.history(query);
  }
}
