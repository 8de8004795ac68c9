import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventType } from '#contracts';
import { Problem } from '#service';
import { type EventCursor, formatCursor } from '../event-cursor.ts';
import type { FeedTail } from './feed-tail.ts';
import type { PublishedEvent } from '../event.repository.ts';
import type { FeedPage } from '../event.service.ts';

/** The current id goes out this often: less than the idle times of the load balancers and of the gateway. */
export const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for this long is dropped. */
const STALLED_MS = 30_000;
/** A stream ends by itself before the gateway's limit for a whole request, and before most access tokens do. */
const MAX_AGE_MS = 600_000;
/** How soon it tries again where the database is unavailable. */
const READ_AGAIN_MS = 1_000;
/** How soon a client connects again. */
const RETRY_MS = 1_000;
/** How long the caller's access is not checked again. */
const ACCESS_CHECK_MS = 10_000;

export interface EventStreamOptions {
  cursor: EventCursor;
  types: EventType[];
  /** Whether the caller may still read it. It throws where that cannot be found out now. */
  isAllowed: () => Promise<boolean>;
}

/** The feed as server-sent events for one reader. What it has not taken is not in memory, but read when it is taken. */
export class EventStream {
  readonly readable: Readable;
  private readonly ending = new AbortController();
  private readonly startedAt = performance.now();
  private checkedAt = performance.now();
  private takenAt = performance.now();
  private isWaitingForReader = false;
  private isReadable = true;

  constructor(
    private readonly tail: FeedTail,
    private readonly options: EventStreamOptions,
  ) {
    this.readable = Readable.from(this.frames(), { objectMode: false, highWaterMark: 16 * 1024 });
    const checking = setInterval(() => this.dropStalled(), STALLED_MS / 4).unref();
    this.readable.once('close', () => {
      clearInterval(checking);
      this.ending.abort();
    });
  }

  /** Ends it after what is being sent, as a client expects that connects again. */
  end(): void {
    this.ending.abort();
  }

  /** The reader is gone. */
  close(): void {
    // First, so that a wait ends: a generator closes only where it is not waiting.
    this.ending.abort();
    this.readable.destroy();
  }

  private async *frames(): AsyncGenerator<string | Buffer> {
    yield* this.take(`retry: ${RETRY_MS}\n\n`);
    let heartbeatAt = performance.now() + HEARTBEAT_MS;
    while (!this.isOver) {
      // Taken before the feed is read: what comes meanwhile ends the wait at once.
      const { signal: changed } = this.tail;
      const frames = await this.next();
      if (frames === undefined) return;
      const rest = heartbeatAt - performance.now();
      if (frames.length === 0 && rest > 0) {
        await this.wait(this.isReadable ? rest : Math.min(rest, READ_AGAIN_MS), changed);
        continue;
      }
      // An id without data moves a client past events of other types.
      yield* this.take(frames.length === 0 ? `id: ${formatCursor(this.options.cursor)}\n\n` : frames);
      heartbeatAt = performance.now() + HEARTBEAT_MS;
    }
  }

  private get isOver(): boolean {
    return this.ending.signal.aborted || performance.now() - this.startedAt > MAX_AGE_MS;
  }

  /** The next events, or none where there are none now. Undefined: the stream is over for this caller. */
  private async next(): Promise<Buffer | undefined> {
    try {
      if (performance.now() - this.checkedAt >= ACCESS_CHECK_MS) {
        if (!(await this.options.isAllowed())) return undefined;
        this.checkedAt = performance.now();
      }
      let page: FeedPage;
      do {
        page = await this.tail.read(this.options.cursor, this.options.types);
        this.options.cursor = page.next;
      } while (page.events.length === 0 && page.hasMore && !this.isOver);
      this.isReadable = true;
      return framesOf(page);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // Away for a moment: nothing is lost, it goes on from the same place. Otherwise a new request is told what it is.
      if (error.kind !== 'unavailable') return undefined;
      this.isReadable = false;
      return NONE;
    }
  }

  private async wait(ms: number, changed: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([changed, this.ending.signal]);
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }

  private *take(frames: string | Buffer): Generator<string | Buffer> {
    this.isWaitingForReader = true;
    this.takenAt = performance.now();
    yield frames;
    this.isWaitingForReader = false;
  }

  private dropStalled(): void {
    if (this.isWaitingForReader && performance.now() - this.takenAt > STALLED_MS) this.close();
  }
}

const NONE = Buffer.alloc(0);
/** Streams that are at the same place have the same page: its frames are written once for all of them. */
const written = new WeakMap<FeedPage, Buffer>();

function framesOf(page: FeedPage): Buffer {
  const known = written.get(page);
  if (known) return known;
  const frames = Buffer.from(page.events.map(frameOf).join(''));
  written.set(page, frames);
  return frames;
}

/** A line break would end the field. JSON has none within its strings. */
const frameOf = ({ position, seq, json }: PublishedEvent): string =>
  `id: ${formatCursor({ position, seq })}\ndata: ${json.replaceAll('\n', ' ')}\n\n`;
