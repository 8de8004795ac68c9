import { type DynamicModule, Module } from '@nestjs/common';
import { EventController } from './event.controller.ts';
import { EventRepository } from './event.repository.ts';
import { EventService } from './event.service.ts';
import { PublisherRepository } from './publisher.repository.ts';
import { Publisher } from './publisher.ts';
import { EventStreams } from './stream/event-streams.ts';
import { FeedTail } from './stream/feed-tail.ts';

/** The change feed. */
@Module({})
export class EventsModule {
  static forRoot({ accessModule }: { accessModule: DynamicModule }): DynamicModule {
    return {
      module: EventsModule,
      imports: [accessModule],
      controllers: [EventController],
      providers: [EventRepository, EventService, EventStreams, FeedTail, PublisherRepository, Publisher],
      exports: [EventService, FeedTail, Publisher],
    };
  }
}
