import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CreateImport, FailedRow, Import, importColumns, ListFailedRows, ListImports, MappingProposal, ProposeMapping, RerunImport } from '#contracts'; // prettier-ignore
import { Access } from '#service';
import { type Context, Ctx } from '../http/context.ts';
import { Documented } from '../http/documented.ts';
import { UuidPipe } from '../http/uuid.pipe.ts';
import { ImportService } from './import.service.ts';
import { UPLOAD_TYPES, type Upload, UploadBody } from './upload/upload-body.ts';

const FILE = `CSV (RFC 4180) in UTF-8, UTF-16 or Windows-1252 with a header, delimiter comma, semicolon, tab or pipe; or an Excel workbook
(.xlsx). Columns: ${importColumns.join(', ')}, under these names or usual ones in English, German, French and Spanish, or those of the export
files of Shopify, WooCommerce and Square; any other one becomes an attribute. Only sku is needed, and name where the item is new. An empty
cell leaves its field as it is, or at its default. Amounts and quantities are written as people write them: 4.50, 4,50, $4.50, 1.250,00. A quantity
is booked at its location (MAIN where none is named). attributes holds a JSON object of texts, as the export of the items writes it.`;

@ApiTags('Imports')
@Controller('imports')
export class ImportController {
  constructor(private readonly imports: ImportService) {}

  @Get()
  @Access('viewer')
  @Documented('List imports, the newest first', { page: Import })
  list(@Query() query: ListImports) {
    return this.imports.list(query);
  }

  @Post()
  @HttpCode(202)
  @Access('operator')
  @RouteConfig({ mediaTypes: UPLOAD_TYPES })
  @ApiConsumes(...UPLOAD_TYPES)
  @ApiBody({
    description: FILE,
    schema: { type: 'string', example: 'sku,name,location,quantity\nMUG-01,"Mug, blue",MAIN,40\n' },
  })
  @Documented('Load items and opening stock from a CSV file or a workbook', { status: 202, type: Import, problems: ['malformed-request', 'too-large', 'unsupported-media-type', 'same-file'], once: true }) // prettier-ignore
  create(@Ctx() context: Context, @Query() query: CreateImport, @UploadBody() upload: Upload) {
    return this.imports.create(context, query, upload);
  }

  @Get('mapping')
  @Access('viewer')
  @Documented('Propose what columns are for, by their headings', { type: MappingProposal })
  propose(@Query() query: ProposeMapping) {
    return this.imports.propose(query);
  }

  @Get(':id')
  @Access('viewer')
  @Documented('How far an import is', { type: Import, problems: ['not-found'] })
  get(@Param('id', UuidPipe) id: string) {
    return this.imports.get(id);
  }

  @Post(':id/rerun')
  @HttpCode(202)
  @Access('operator')
  @Documented('Read the file of a dry run again, otherwise or for good', { status: 202, type: Import, problems: ['not-found', 'conflict', 'same-file'], once: true }) // prettier-ignore
  rerun(@Ctx() context: Context, @Param('id', UuidPipe) id: string, @Body() body: RerunImport) {
    return this.imports.rerun(context, id, body);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Access('operator')
  @Documented('Stop an import; what it has booked stays', { type: Import, problems: ['not-found', 'conflict'], once: true }) // prettier-ignore
  cancel(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.imports.cancel(context, id);
  }

  @Post(':id/undo')
  @HttpCode(202)
  @Access('operator')
  @Documented('Take back what an import did, where nothing has happened since', { status: 202, type: Import, problems: ['not-found', 'conflict'], once: true }) // prettier-ignore
  undo(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.imports.undo(context, id);
  }

  @Get(':id/failed-rows')
  @Access('viewer')
  @Documented('The rows that an import left out, with all their errors', { page: FailedRow, problems: ['not-found'] })
  failedRows(@Param('id', UuidPipe) id: string, @Query() query: ListFailedRows) {
    return this.imports.failedRows(id, query);
  }

  @Get(':id/failed.csv')
  @Access('viewer')
  @Documented('The same as CSV with the file’s own columns, ready to be corrected and sent again', { text: 'text/csv', problems: ['not-found'] }) // prettier-ignore
  failedCsv(
    @Ctx() context: Context,
    @Param('id', UuidPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.imports.failedCsv(context, id, reply);
  }

  @Get(':id/errors')
  @Access('viewer')
  @Documented('What was wrong with rows, and which quantities were not booked, as CSV: line, column, reason', { text: 'text/csv', problems: ['not-found', 'unavailable'] }) // prettier-ignore
  errors(@Ctx() context: Context, @Param('id', UuidPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.imports.errors(context, id, reply);
  }
}
