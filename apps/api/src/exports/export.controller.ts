import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '#service';
import { Documented } from '../http/documented.ts';
import { CsvDownload } from './csv-download.ts';
import { itemRows, movementRows, stockRows } from './export.queries.ts';

@ApiTags('Exports')
@Controller('exports')
export class ExportController {
  constructor(private readonly downloads: CsvDownload) {}

  @Get('items.csv')
  @Access('viewer')
  @Documented('All items that are not archived; POST /imports takes the file as it is', { text: 'text/csv', problems: ['unavailable'] }) // prettier-ignore
  items(@Res({ passthrough: true }) reply: FastifyReply) {
    return this.downloads.send(reply, 'items.csv', itemRows);
  }

  @Get('stock.csv')
  @Access('viewer')
  @Documented('All stock levels', { text: 'text/csv', problems: ['unavailable'] })
  stock(@Res({ passthrough: true }) reply: FastifyReply) {
    return this.downloads.send(reply, 'stock.csv', stockRows);
  }

  @Get('movements.csv')
  @Access('viewer')
  @Documented('The whole ledger, a row for each line', { text: 'text/csv', problems: ['unavailable'] })
  movements(@Res({ passthrough: true }) reply: FastifyReply) {
    return this.downloads.send(reply, 'movements.csv', movementRows);
  }
}
