import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { StockModule } from '../stock/stock.module.ts';
import { BulkCatalog } from './bulk-catalog.ts';
import { FacetRepository } from './facet.repository.ts';
import { ItemController } from './item.controller.ts';
import { ItemRepository } from './item.repository.ts';
import { ItemService } from './item.service.ts';
import { LocationController } from './location.controller.ts';
import { LocationRepository } from './location.repository.ts';
import { LocationService } from './location.service.ts';
import { PhotoController } from './photos/photo.controller.ts';
import { acceptPhotos } from './photos/photo-body.ts';
import { PhotoRepository } from './photos/photo.repository.ts';
import { PhotoService } from './photos/photo.service.ts';

/** Items and locations. */
@Module({
  imports: [StockModule],
  controllers: [ItemController, LocationController, PhotoController],
  providers: [
    BulkCatalog,
    FacetRepository,
    ItemRepository,
    ItemService,
    LocationRepository,
    LocationService,
    PhotoRepository,
    PhotoService,
  ],
  exports: [BulkCatalog, ItemService, LocationService],
})
export class CatalogModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    acceptPhotos(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}
