import { isRetryable, LOCK_HELD, LOCK_NOT_AVAILABLE, QUERY_CANCELED, sqlState, unavailable } from '../../database/database-errors.ts'; // prettier-ignore
import { stockKeyOf } from '../levels/level.ts';
import { BATCH_LINES, LOCK_WAIT_MS, LOCK_WAITS, MAX_CONTENDED_LINES } from './limits.ts';
import type { StockKey } from './posting.ts';
import type { QueuedWrite } from './queued-write.ts';
import { inBatches, linesOf, WaitingWrites } from './waiting-writes.ts';

/** The group of the writes that wait for all their levels together. */
const TOGETHER = '';
/** How long they do so for one level and for all, delaying one another; then each waits for one level at a time. */
const [TOGETHER_LOCK_MS, TOGETHER_MS] = [900, 1_200];
const RETRY_MS = 40;

/** For how long to wait for locks. */
export interface LockWait {
  /** For each of them. */
  lockMs: number;
  /** For all together. */
  totalMs: number;
}

/** What a `LockQueue` leaves to its owner. */
export interface LockQueueWork {
  /**
   * Waits for the locks of these levels, then writes what `take` gives by then, and gives those back by
   * `add` of which other levels are locked.
   * @throws what the wait failed with; never once `take` was called
   */
  writeOnceLocked: (levels: StockKey[], wait: LockWait, take: () => QueuedWrite[]) => Promise<void>;
  /** The same without waiting. Never rejects. */
  write: (writes: QueuedWrite[]) => Promise<void>;
}

/**
 * Writes of levels whose locks other transactions hold. PostgreSQL grants a row's lock in the order in which it was
 * asked for, so a connection asks for it on behalf of all writes of the level: however many transactions want it, one
 * after the other, the writes get their turn.
 *
 * At first all writes wait together, for the locks of all their levels, in the order in which all transactions lock
 * levels. Where one is held for longer, they let the others go, and wait for one level at a time, those of the same level
 * together: so a held level delays no write of another.
 */
export class LockQueue {
  private readonly waiting = new WaitingWrites();
  private waits = 0;
  private retry: NodeJS.Timeout | undefined;

  constructor(private readonly work: LockQueueWork) {}

  /** Adds a write of a level that is known to be held for longer. @returns whether it has such a level */
  join(write: QueuedWrite): boolean {
    const posting = write.postings.find((_, n) => this.waiting.has(write.keys[n]!));
    if (!posting) return false;
    write.waitsForOne = true;
    this.add(write, [posting]);
    return true;
  }

  /** @param contended the levels that other transactions hold, in locking order */
  add(write: QueuedWrite, contended: StockKey[]): void {
    write.deadline = Math.min(write.deadline, performance.now() + LOCK_WAIT_MS);
    if (performance.now() >= write.deadline) return write.reject(unavailable(undefined, LOCK_HELD));
    if (this.waiting.lines >= MAX_CONTENDED_LINES) return write.reject(unavailable(undefined, TOO_MANY));
    // One at a time: the next one only once those before it were locked.
    write.awaited = write.waitsForOne ? [...write.awaited, contended[0]!] : contended;
    this.waiting.add(write, write.waitsForOne ? keyOf(write.awaited) : TOGETHER);
    this.startWaits();
  }

  /** The groups that have waited longest get the connections; the writes of the others are tried again later. */
  private startWaits(): void {
    const [together, idle] = partition(this.waiting.idleByAge(), (key) => key === TOGETHER);
    const started = idle.slice(0, LOCK_WAITS - this.waits);
    for (const key of started) {
      this.waits++;
      void this.wait(key, Infinity, Infinity).finally(() => this.waits--);
    }
    if (together.length > 0) void this.wait(TOGETHER, TOGETHER_LOCK_MS, TOGETHER_MS);
    if (idle.length > started.length)
      this.retry ??= setTimeout(() => void this.retryIdle(), RETRY_MS * (0.5 + Math.random()));
  }

  private async wait(key: string, maxLockMs: number, maxTotalMs: number): Promise<void> {
    const levels = this.waiting.levels(key);
    const leftMs = Math.max(1, Math.ceil(this.waiting.deadline(key) - performance.now()));
    this.waiting.setWaiting(key, true);
    try {
      const wait = { lockMs: Math.min(leftMs, maxLockMs), totalMs: Math.min(leftMs, maxTotalMs) };
      await this.work.writeOnceLocked(levels, wait, () => this.take(key, levels));
    } catch (error) {
      await this.giveUp(key, error);
    }
    this.waiting.setWaiting(key, false);
    setImmediate(() => this.startWaits());
  }

  /** Those of the group, and of the others those that want these levels as well: they may find their other levels free. */
  private take(key: string, levels: StockKey[]): QueuedWrite[] {
    const own = this.waiting.take(key, BATCH_LINES);
    const others = this.waiting.takeNaming(new Set(levels.map(stockKeyOf)), BATCH_LINES - linesOf(own));
    for (const write of others) write.awaited = [];
    return [...own, ...others];
  }

  private async giveUp(key: string, error: unknown): Promise<void> {
    const isTimeout = [LOCK_NOT_AVAILABLE, QUERY_CANCELED].includes(sqlState(error) ?? '') || isRetryable(error);
    const writes = this.waiting.take(key, Infinity);
    if (!isTimeout) return writes.forEach(({ reject }) => reject(error));
    for (const write of writes) {
      write.awaited = [];
      write.waitsForOne = true;
    }
    // Those whose time is over are refused by `add`, where they are contended still.
    for (const batch of inBatches(writes, BATCH_LINES)) await this.work.write(batch);
  }

  /** Tries the writes for which there is no connection to wait. */
  private async retryIdle(): Promise<void> {
    const writes: QueuedWrite[] = [];
    for (const key of this.waiting.idleByAge())
      if (linesOf(writes) < BATCH_LINES) writes.push(...this.waiting.take(key, BATCH_LINES - linesOf(writes)));
    for (const write of writes) write.awaited = [];
    if (writes.length > 0) await this.work.write(writes);
    this.retry = undefined;
    this.startWaits();
  }
}

const partition = <T>(all: T[], isFirst: (one: T) => boolean): [T[], T[]] => [
  all.filter(isFirst),
  all.filter((one) => !isFirst(one)),
];

const keyOf = (levels: StockKey[]): string => levels.map(stockKeyOf).toSorted().join('\n');

const TOO_MANY =
  'Too many requests wait for levels that other requests are changing; send this one again after a second.';
