import { Inject, Injectable } from '@nestjs/common';
import type { HistoryQuery, ListLowStock } from '#contracts';
import { Problem } from '#service';
import { ItemService } from '../catalog/item.service.ts';
import { LocationService } from '../catalog/location.service.ts';
import { HistoryRepository } from './history.repository.ts';
import { LowStockRepository } from './low-stock.repository.ts';
import { SummaryRepository } from './summary.repository.ts';
import { ValuationRepository } from './valuation.repository.ts';

export const CURRENCY = Symbol('CURRENCY');

@Injectable()
export class ReportService {
  constructor(
    @Inject(CURRENCY) private readonly currency: string,
    private readonly summaries: SummaryRepository,
    private readonly lowStocks: LowStockRepository,
    private readonly valuations: ValuationRepository,
    private readonly histories: HistoryRepository,
    private readonly items: ItemService,
    private readonly locations: LocationService,
  ) {}

  summary(): Promise<string> {
    return this.summaries.read(this.currency);
  }

  lowStock(query: ListLowStock): Promise<string> {
    return this.lowStocks.list(query);
  }

  valuation(): Promise<string> {
    return this.valuations.read(this.currency);
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
