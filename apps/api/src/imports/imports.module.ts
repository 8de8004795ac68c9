import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { StockModule } from '../stock/stock.module.ts';
import { ImportController } from './import.controller.ts';
import { ImportRepository } from './import.repository.ts';
import { ImportService } from './import.service.ts';
import { ChunkRepository } from './upload/chunk.repository.ts';
import { acceptUploads } from './upload/upload-body.ts';
import { MAX_BYTES, UploadStore } from './upload/upload.store.ts';
import { currencyOf } from './rows/money.ts';
import { CURRENCY, ImportRunner } from './jobs/import-runner.ts';
import { UndoRepository } from './jobs/undo.repository.ts';
import { UndoRunner } from './jobs/undo-runner.ts';
import { ImportWorker } from './jobs/import.worker.ts';
import { JobRepository } from './jobs/job.repository.ts';
import { BatchImporter } from './jobs/batch-importer.ts';
import { RowRepository } from './jobs/row.repository.ts';

/** Files of items and opening stock, done in the background by whichever task comes first. */
@Module({})
export class ImportsModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  static forRoot({
    maxBytes,
    currency,
    exportsModule,
  }: {
    maxBytes: number;
    currency: string;
    exportsModule: DynamicModule;
  }): DynamicModule {
    return {
      module: ImportsModule,
      imports: [CatalogModule, StockModule, exportsModule],
      controllers: [ImportController],
      providers: [
        ChunkRepository, ImportRepository, ImportRunner, ImportService, ImportWorker, JobRepository, BatchImporter, RowRepository,
        UndoRepository, UndoRunner, UploadStore,
        { provide: MAX_BYTES, useValue: maxBytes }, { provide: CURRENCY, useValue: currencyOf(currency) },
      ], // prettier-ignore
    };
  }

  onModuleInit(): void {
    acceptUploads(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}
