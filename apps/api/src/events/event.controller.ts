import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventPage, ListEvents } from '#contracts';
import { Access } from '#service';
import { type Context, Ctx } from '../http/context.ts';
import { Documented } from '../http/documented.ts';
import { EventService } from './event.service.ts';
import { EventStreams, wantsStream } from './stream/event-streams.ts';

@ApiTags('Events')
@Controller('events')
export class EventController {
  constructor(
    private readonly events: EventService,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @Access('viewer')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    schema: { type: 'string', maxLength: 64, example: '4711-4802' },
    description: 'With `Accept: text/event-stream`: where to go on. It takes precedence over `after`.',
  })
  @Documented('Every committed change, once, in order', {
    type: EventPage,
    stream: true,
    problems: ['forbidden', 'cursor-expired'],
  })
  list(
    @Ctx() context: Context,
    @Query() query: ListEvents,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (wantsStream(request)) return this.streams.start(context, request, reply, query);
    return this.events.list(context, query);
  }
}
