import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../http/context.ts';
import { Documented } from '../http/documented.ts';

/** So that a program can find out what its API key lets it do. */
@ApiTags('API keys')
@Controller('caller')
export class CallerController {
  @Get()
  @Access('viewer')
  @Documented('The person or API key that the request comes from', { type: CurrentCaller })
  get(@Ctx() { caller: { actorId: id, kind, name, role } }: Context): CurrentCaller {
    return { id, kind, name, role };
  }
}
