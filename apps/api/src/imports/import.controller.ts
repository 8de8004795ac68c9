import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CreateImport, Import, importColumns, ListImports } from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../http/context.ts';
import { Documented } from '../http/documented.ts';
import { UuidPipe } from '../http/uuid.pipe.ts';
import { ImportService } from './import.service.ts';
import { UploadBody, type Upload } from './upload/upload-body.ts';

const FILE = `CSV (RFC 4180) in UTF-8 with a header; delimiter comma, semicolon or tab. Columns: ${importColumns.join(', ')}; any other
one becomes an attribute. Only sku is needed, and name where the item is new. An empty cell leaves its field as it is, or
at its default. A quantity is received at its location (MAIN where none is named). attributes holds a JSON object of texts,
as the export of the items writes it.`;

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
  @RouteConfig({ csv: true })
  @ApiConsumes('text/csv')
  @ApiBody({
    description: FILE,
    schema: { type: 'string', example: 'sku,name,location,quantity\nMUG-01,"Mug, blue",MAIN,40\n' },
  })
  @Documented('Load items and opening stock from a CSV file', { status: 202, type: Import, problems: ['malformed-request', 'too-large', 'unsupported-media-type'], once: true }) // prettier-ignore
  create(@Ctx() context: Context, @Query() query: CreateImport, @UploadBody() upload: Upload) {
    return this.imports.create(context, query, upload);
  }

  @Get(':id')
  @Access('viewer')
  @Documented('How far an import is', { type: Import, problems: ['not-found'] })
  get(@Param('id', UuidPipe) id: string) {
    return this.imports.get(id);
  }

  @Get(':id/errors')
  @Access('viewer')
  @Documented('The rows that an import left out, as CSV: line, column, reason', { text: 'text/csv', problems: ['not-found', 'unavailable'] }) // prettier-ignore
  errors(@Param('id', UuidPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.imports.errors(id, reply);
  }
}
