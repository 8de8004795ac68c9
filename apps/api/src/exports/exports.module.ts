import { Module } from '@nestjs/common';
import { CsvDownload } from './csv-download.ts';
import { ExportController } from './export.controller.ts';

/** Whole tables as CSV. */
@Module({ controllers: [ExportController], providers: [CsvDownload], exports: [CsvDownload] })
export class ExportsModule {}
