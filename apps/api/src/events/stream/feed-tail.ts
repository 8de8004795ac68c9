import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { type EventType, eventTypes } from '#contracts';
import { detached } from '#service';
import type { EventCursor } from '../event-cursor.ts';
import { EventService, type FeedPage } from '../event.service.ts';
import type { PublishedEvent } from '../event.repository.ts';

/** How often the end of the feed is looked at while a stream is open: a change is in every stream well within a second. */
const POLL_MS = 200;
const POLL_AFTER_FAILURE_MS = 1_000;
/** Events that are kept for the streams that are up to date; those that are further behind read the database. */
const MAX_RECENT = 1_000;
const PAGE = 200;

/**
 * The newest events, read once for all streams and webhooks of this task. It polls: a notification (LISTEN) would be lost with its
 * connection, does not pass a pooler, and makes the transactions that send one commit one after the other.
 */
@Injectable()
export class FeedTail {
  private readonly logger = new Logger('events');
  private readonly users = new Set<object>();
  /** All events between these two places. */
  private recent: PublishedEvent[] = [];
  private from: EventCursor | undefined;
  private to: EventCursor | undefined;
  /** What was read between two looks, by place and types: most streams are at the same place. */
  private readonly pages = new Map<string, FeedPage>();
  private polling = false;
  private changed = new AbortController();

  constructor(private readonly events: EventService) {}

  /** Is polled for as long as one user is there. */
  use(user: object): void {
    this.users.add(user);
    if (!this.polling) void detached(() => this.poll());
  }

  leave(user: object): void {
    this.users.delete(user);
  }

  /** Aborted when there are new events. */
  get signal(): AbortSignal {
    return this.changed.signal;
  }

  /**
   * What comes after a place.
   * @param limit how many events are read from the database at once, where they are not in memory
   * @throws Problem `cursor-expired`, `unavailable`
   */
  read(after: EventCursor, types: EventType[], limit = PAGE): Promise<FeedPage> | FeedPage {
    const { from, to } = this;
    if (!from || !to || after.position < from.position) return this.events.read(after, types, limit);
    const key = `${after.position} ${types.join()}`;
    const known = this.pages.get(key);
    if (known) return known;
    const events = this.recent.filter(({ position, type }) => position > after.position && types.includes(type));
    const page = { events, next: to.position > after.position ? to : after, hasMore: false };
    this.pages.set(key, page);
    return page;
  }

  private async poll(): Promise<void> {
    this.polling = true;
    let failed = false;
    while (this.users.size > 0) {
      try {
        await this.advance();
        failed = false;
      } catch (error) {
        if (!failed) this.logger.warn(`The feed is not read: ${(error as Error).message}`);
        failed = true;
      }
      await sleep(failed ? POLL_AFTER_FAILURE_MS : POLL_MS, undefined, { ref: false });
    }
    this.polling = false;
    this.recent = [];
    this.from = this.to = undefined;
    this.pages.clear();
  }

  private async advance(): Promise<void> {
    this.to ??= this.from = await this.events.locate('latest', '/after');
    await this.events.publish();
    const page = await this.events.read(this.to, eventTypes, MAX_RECENT);
    if (page.events.length === 0) return;
    const recent = [...this.recent, ...page.events];
    const dropped = recent.splice(0, Math.max(0, recent.length - MAX_RECENT)).at(-1);
    if (dropped) this.from = dropped;
    this.recent = recent;
    this.to = page.next;
    this.pages.clear();
    this.changed.abort();
    this.changed = new AbortController();
  }
}
