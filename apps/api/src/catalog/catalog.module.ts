import { Module } from '@nestjs/common';
import { StockModule } from '../stock/stock.module.ts';
import { ItemController } from './item.controller.ts';
import { ItemRepository } from './item.repository.ts';
import { ItemService } from './item.service.ts';

/** Items and locations. */
@Module({
  imports: [StockModule],
  controllers: [ItemController],
  providers: [ItemRepository, ItemService],
  exports: [ItemService],
})
export class CatalogModule {}
