import { Inject, Injectable } from '@nestjs/common';
import {
  type HistoryQuery,
  type ListLowStock,
  type ReportOptions,
  type SummaryOptions,
  TIME_ZONE_RULE,
} from '#contracts';
import { Problem } from '#service';
import { sqlState } from '../database/database.ts';
import { ItemService } from '../catalog/item.service.ts';
import { LocationService } from '../catalog/location.service.ts';
import { HistoryRepository } from './history.repository.ts';
import { LowStockRepository } from './low-stock.repository.ts';
import { SummaryRepository } from './summary.repository.ts';
import { ValuationRepository } from './valuation.repository.ts';

export interface ReportSettings {
  /** ISO 4217. */
  currency: string;
  /** IANA: whose days a report counts, where its caller names none. */
  timeZone: string;
}
export const REPORT_SETTINGS = Symbol('REPORT_SETTINGS');

/** PostgreSQL's SQLSTATE, among others for a time zone that it does not know. */
const INVALID_PARAMETER_VALUE = '22023';

@Injectable()
export class ReportService {
  constructor(
    @Inject(REPORT_SETTINGS) private readonly settings: ReportSettings,
    private readonly summaries: SummaryRepository,
    private readonly lowStocks: LowStockRepository,
    private readonly valuations: ValuationRepository,
    private readonly histories: HistoryRepository,
    private readonly items: ItemService,
    private readonly locations: LocationService,
  ) {}

  /** @throws Problem `invalid-parameters` for a time zone that PostgreSQL does not know */
  summary({ timeZone = this.settings.timeZone, consistency = 'eventual' }: SummaryOptions): Promise<string> {
    const scope = { currency: this.settings.currency, timeZone, consistency };
    return this.summaries.read(scope).catch((error: unknown) => {
      if (sqlState(error) !== INVALID_PARAMETER_VALUE) throw error;
      throw new Problem('invalid-parameters', 'timeZone is not known to the database.', {
        errors: [{ pointer: '/timeZone', detail: TIME_ZONE_RULE }],
      });
    });
  }

  lowStock(query: ListLowStock): Promise<string> {
    return this.lowStocks.list(query);
  }

  valuation({ consistency = 'eventual' }: ReportOptions): Promise<string> {
    return this.valuations.read(this.settings.currency, consistency);
  }

  /** @throws Problem `not-found` for an unknown item or location; `invalid-parameters` where `from` is not before `to` */
  async history(query: HistoryQuery): Promise<string> {
    const { from, to, itemId, locationId } = query;
    if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to))
      throw new Problem('invalid-parameters', 'from is not before to.', {
        errors: [{ pointer: '/from', detail: 'must be before to' }],
      });
    await this.items.get(itemId);
    if (locationId !== undefined) await this.locations.get(locationId);
    return this.histories.read(query);
  }
}
