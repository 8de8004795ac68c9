import { Module } from '@nestjs/common';
import { StockModule } from '../stock/stock.module.ts';
import { BulkCatalog } from './bulk-catalog.ts';
import { FacetRepository } from './facet.repository.ts';
import { ItemController } from './item.controller.ts';
import { ItemRepository } from './item.repository.ts';
import { ItemService } from './item.service.ts';
import { LocationController } from './location.controller.ts';
import { LocationRepository } from './location.repository.ts';
import { LocationService } from './location.service.ts';

/** Items and locations. */
@Module({
  imports: [StockModule],
  controllers: [ItemController, LocationController],
  providers: [BulkCatalog, FacetRepository, ItemRepository, ItemService, LocationRepository, LocationService],
  exports: [BulkCatalog, ItemService, LocationService],
})
export class CatalogModule {}
