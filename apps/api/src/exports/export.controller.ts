import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ExportAudit, ExportItems, ExportMovements, ExportStock } from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../http/context.ts';
import { Documented } from '../http/documented.ts';
import { ExportService } from './export.service.ts';

@ApiTags('Exports')
@Controller('exports')
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @Get('items.csv')
  @Access('viewer')
  @Documented('Items; POST /imports takes the file as it is', { text: 'text/csv', problems: ['unavailable'] })
  items(@Ctx() context: Context, @Query() query: ExportItems, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.exports.items(context, query, reply);
  }

  @Get('stock.csv')
  @Access('viewer')
  @Documented('Stock levels', { text: 'text/csv', problems: ['unavailable'] })
  stock(@Ctx() context: Context, @Query() query: ExportStock, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.exports.stock(context, query, reply);
  }

  @Get('movements.csv')
  @Access('viewer')
  @Documented('The ledger, a row for each line', { text: 'text/csv', problems: ['unavailable'] })
  movements(@Ctx() context: Context, @Query() query: ExportMovements, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.exports.movements(context, query, reply);
  }

  @Get('audit.csv')
  @Access('admin')
  @Documented('Who changed what, a row for each field', { text: 'text/csv', problems: ['unavailable'] })
  audit(@Ctx() context: Context, @Query() query: ExportAudit, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.exports.audit(context, query, reply);
  }
}
