import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { ExportsModule } from '../exports/exports.module.ts';
import { StockModule } from '../stock/stock.module.ts';
import { ImportController } from './import.controller.ts';
import { ImportRepository } from './import.repository.ts';
import { ImportService } from './import.service.ts';
import { ChunkRepository } from './upload/chunk.repository.ts';
import { acceptUploads } from './upload/upload-body.ts';
import { MAX_BYTES, UploadStore } from './upload/upload.store.ts';
import { ImportRunner } from './work/import-runner.ts';
import { ImportWorker } from './work/import.worker.ts';
import { JobRepository } from './work/job.repository.ts';
import { BatchImporter } from './work/batch-importer.ts';
import { RowRepository } from './work/row.repository.ts';

/** Files of items and opening stock, done in the background by whichever task comes first. */
@Module({})
export class ImportsModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  static forRoot({ maxBytes }: { maxBytes: number }): DynamicModule {
    return {
      module: ImportsModule,
      imports: [CatalogModule, StockModule, ExportsModule],
      controllers: [ImportController],
      providers: [
        ChunkRepository, ImportRepository, ImportRunner, ImportService, ImportWorker, JobRepository, BatchImporter, RowRepository,
        UploadStore, { provide: MAX_BYTES, useValue: maxBytes },
      ], // prettier-ignore
    };
  }

  onModuleInit(): void {
    acceptUploads(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}
