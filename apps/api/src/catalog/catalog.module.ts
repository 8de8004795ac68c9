import { Module } from '@nestjs/common';
import { StockModule } from '../stock/stock.module.ts';
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
  providers: [ItemRepository, ItemService, LocationRepository, LocationService],
  exports: [ItemService, LocationService],
})
export class CatalogModule {}
