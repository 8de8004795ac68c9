import { Injectable } from '@nestjs/common';
import { type EventType, eventTypes, LATEST, type ListEvents } from '#contracts';
import type { Context } from '../http/context.ts';
import { cursorExpired, type EventCursor, formatCursor, parseCursor } from './event-cursor.ts';
import { EventRepository, type PublishedEvent } from './event.repository.ts';
import { selectTypes } from './event-types.ts';
import { Publisher } from './publisher.ts';

export type { PublishedEvent } from './event.repository.ts';

/** Positions that one request looks at, at most: where few of them are of the types that it asks for, the page is shorter. */
const MAX_SCANNED = 2_000n;

/** Part of the feed, and where to go on. */
export interface FeedPage {
  events: PublishedEvent[];
  next: EventCursor;
  hasMore: boolean;
}

@Injectable()
export class EventService {
  constructor(
    private readonly events: EventRepository,
    private readonly publisher: Publisher,
  ) {}

  /** @throws Problem `invalid-parameters`, `forbidden`, `cursor-expired` */
  async list({ caller }: Context, { after, types, limit }: ListEvents): Promise<string> {
    const selected = selectTypes(types, caller.role);
    const { events, next, hasMore } = await this.read(await this.locate(after, '/after'), selected, limit);
    return `{"items":[${events.map(({ json }) => json).join(',')}],"nextCursor":"${formatCursor(next)}","hasMore":${hasMore}}`;
  }

  /** The place that a caller names. @throws Problem `invalid-parameters`, `cursor-expired` */
  async locate(after: string | undefined, pointer: string): Promise<EventCursor> {
    const cursor = after === undefined || after === LATEST ? undefined : parseCursor(after, pointer);
    await this.publisher.publish();
    const { oldest, newest } = await this.events.bounds();
    if (!cursor) return this.cursorAt(after === LATEST ? newest : oldest, oldest);
    const { position, seq } = cursor;
    if (position < oldest || position > newest) throw cursorExpired();
    if (position > oldest && (await this.events.seqAt(position)) !== seq) throw cursorExpired();
    return cursor;
  }

  /** What is published after a place. @throws Problem `cursor-expired` where that was deleted meanwhile */
  async read(from: EventCursor, types: EventType[], limit: number): Promise<FeedPage> {
    const { oldest, newest } = await this.events.bounds();
    if (from.position < oldest) throw cursorExpired();
    const scanned = from.position + MAX_SCANNED < newest ? from.position + MAX_SCANNED : newest;
    const events = scanned > from.position ? await this.events.read(from.position, scanned, types, limit) : [];
    const last = events.length === limit ? events.at(-1)! : undefined;
    const next = last ? { position: last.position, seq: last.seq } : await this.advance(from, scanned, oldest);
    return { events, next, hasMore: next.position < newest };
  }

  /** The event at a place, or undefined where there is none. */
  async find(cursor: EventCursor): Promise<PublishedEvent | undefined> {
    const [event] = await this.events.read(cursor.position - 1n, cursor.position, eventTypes, 1);
    return event?.seq === cursor.seq ? event : undefined;
  }

  /** Gives what is committed its place in the feed. */
  publish(): Promise<void> {
    return this.publisher.publish();
  }

  /** Deletes what is older than 30 days. */
  async deleteOld(): Promise<void> {
    while ((await this.events.deleteOld(100)) === 100);
  }

  private advance(from: EventCursor, position: bigint, oldest: bigint): Promise<EventCursor> | EventCursor {
    return position > from.position ? this.cursorAt(position, oldest) : from;
  }

  private async cursorAt(position: bigint, oldest: bigint): Promise<EventCursor> {
    return { position, seq: position > oldest ? await this.events.seqAt(position) : 0n };
  }
}
