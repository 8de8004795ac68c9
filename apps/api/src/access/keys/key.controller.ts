import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiKey, CreateApiKey, ListApiKeys, NewApiKey } from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../../http/context.ts';
import { Documented } from '../../http/documented.ts';
import { UuidPipe } from '../../http/uuid.pipe.ts';
import { KeyService } from './key.service.ts';

@ApiTags('API keys')
@Controller('api-keys')
export class KeyController {
  constructor(private readonly keys: KeyService) {}

  @Get()
  @Access('admin')
  @Documented('List the API keys', { page: ApiKey })
  list(@Query() query: ListApiKeys) {
    return this.keys.list(query);
  }

  @Post()
  @Access('admin')
  @Documented('Make an API key, shown this once', { status: 201, type: NewApiKey, once: true })
  create(@Ctx() context: Context, @Body() body: CreateApiKey) {
    return this.keys.create(context, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('admin')
  @Documented('End an API key', { status: 204, problems: ['not-found', 'precondition-failed'] })
  remove(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.keys.remove(context, id);
  }
}
