import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AuditEntry, ListAuditEntries } from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../http/context.ts';
import { Documented } from '../http/documented.ts';
import { AuditService } from './audit.service.ts';

@ApiTags('Audit')
@Controller('audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Access('viewer')
  @Documented('Who changed which field, from what to what', { page: AuditEntry, problems: ['forbidden'] })
  list(@Ctx() context: Context, @Query() query: ListAuditEntries) {
    return this.audit.list(context, query);
  }
}
