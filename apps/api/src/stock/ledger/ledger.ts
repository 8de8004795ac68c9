import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { activeSpan, detached, Problem } from '#service';
import { isRetryable, LOCK_HELD, unavailable } from '../../database/database-errors.ts';
import type { JsonResponse } from '../../http/json-response.ts';
import type { Context } from '../../http/context.ts';
import { LevelRepository } from '../levels/level.repository.ts';
import { stockKeyOf } from '../levels/level.ts';
import { inBatchSpan } from './batch-span.ts';
import { BatchWriter } from './batch-writer.ts';
import { Batcher } from './batcher.ts';
import { BATCH_LINES, LANES, LOCK_WAIT_MS, MAX_WAITING_LINES } from './limits.ts';
import { LockQueue, type LockWait } from './lock-queue.ts';
import type { StockKey } from './posting.ts';
import type { Outcome, QueuedWrite } from './queued-write.ts';
import type { StockWrite } from './stock-write.ts';

const ATTEMPTS = 5;

/**
 * Writes movements, reservations, and the ends of both. Those that arrive together share a transaction: their levels are
 * locked in one order, each is evaluated on what those before it left, each is applied whole or refused whole, and all are
 * answered once they are on disk. A level whose lock another transaction holds delays its own writes only: their batch is
 * written without them, and they wait for the lock in a queue of their own.
 */
@Injectable()
export class Ledger {
  private readonly batcher = new Batcher<QueuedWrite>((batch) => this.writeBatch(batch), {
    weigh: ({ postings }) => postings.length,
    keysOf: ({ keys }) => keys,
    lanes: LANES,
    capacity: BATCH_LINES,
    maxWaiting: MAX_WAITING_LINES,
  });
  private readonly lockQueue = new LockQueue({
    writeOnceLocked: (levels, wait, take) => this.writeOnceLocked(levels, wait, take),
    write: (batch) => this.writeBatch(batch),
  });
  private readonly levelCreation = new Batcher<NeedsLevels>((batch) => this.createLevels(batch), {
    weigh: ({ levels }) => levels.length,
    keysOf: () => [],
    lanes: 1,
    capacity: BATCH_LINES,
    maxWaiting: MAX_WAITING_LINES,
  });

  constructor(
    private readonly writer: BatchWriter,
    private readonly levels: LevelRepository,
  ) {}

  /**
   * @throws Problem what the write is refused with: `insufficient-stock`, `unexpected-level`, `conflict`, `not-found`,
   *   `invalid-fields`; `key-in-use`, `key-reused`, `unavailable`
   */
  write(context: Context, write: StockWrite): Promise<JsonResponse> {
    const span = activeSpan();
    return new Promise((resolve, reject) => {
      const queued = {
        ...write,
        context,
        span,
        keys: write.postings.map(stockKeyOf),
        deadline: Infinity,
        awaited: [],
        waitsForOne: false,
        attempts: 0,
        resolve,
        reject,
      };
      // A batch does the work of all its requests.
      detached(() => this.enqueue(queued));
    });
  }

  private enqueue(queued: QueuedWrite): void {
    if (this.lockQueue.join(queued) || this.batcher.add(queued)) return;
    queued.reject(
      unavailable(undefined, 'Too many changes of stock wait to be written; send this one again after a second.'),
    );
  }

  private async writeBatch(batch: QueuedWrite[], attempt = 1): Promise<void> {
    try {
      this.settle(await this.writer.write(batch));
    } catch (error) {
      await this.writeAgain(batch, error, attempt);
    }
  }

  private async writeOnceLocked(levels: StockKey[], wait: LockWait, take: () => QueuedWrite[]): Promise<void> {
    let batch: QueuedWrite[] | undefined;
    try {
      this.settle(await this.writer.writeOnceLocked(levels, wait, () => (batch = take())));
    } catch (error) {
      if (!batch) throw error;
      await this.writeAgain(batch, error, 1);
    }
  }

  private async writeAgain(batch: QueuedWrite[], error: unknown, attempt: number): Promise<void> {
    if (isRetryable(error) && attempt < ATTEMPTS) {
      await sleep(attempt * (5 + Math.random() * 20));
      return this.writeBatch(batch, attempt + 1);
    }
    if (isRetryable(error) || isUnavailable(error) || batch.length === 1)
      return batch.forEach(({ reject }) => reject(isRetryable(error) ? unavailable(error, CONTENTION) : error));
    // PostgreSQL refused a value: each write goes alone, so that its neighbours are written.
    for (const queued of batch) await this.writeBatch([queued], attempt);
  }

  /** Settles what the callers wait for, now that it is on disk. */
  private settle(outcomes: Outcome[]): void {
    for (const outcome of outcomes) {
      const { pending } = outcome;
      switch (outcome.kind) {
        case 'written':
        case 'responded':
          pending.resolve(outcome.response);
          break;
        case 'refused':
          pending.reject(outcome.problem);
          break;
        case 'contended':
          this.lockQueue.add(pending, outcome.levels);
          break;
        case 'needs-levels':
          pending.awaited = [];
          pending.deadline = Math.min(pending.deadline, performance.now() + LOCK_WAIT_MS);
          if (++pending.attempts > ATTEMPTS || !this.levelCreation.add(outcome))
            pending.reject(unavailable(undefined, 'The level could not be made; send the request again.'));
          break;
        default:
          outcome satisfies never;
      }
    }
  }

  /** Then evaluates the writes again. Where another transaction holds one item or location, the others go on. */
  private async createLevels(batch: NeedsLevels[]): Promise<void> {
    const places = batch.flatMap(({ levels }) => levels.map(({ item, location }) => ({ itemId: item.id, locationId: location.id }))); // prettier-ignore
    try {
      const writes = batch.map(({ pending }) => pending);
      await inBatchSpan('new levels', writes, () => this.levels.createLevels(places));
      for (const { pending } of batch) this.enqueue(pending);
    } catch (error) {
      if (batch.length === 1) return batch[0]!.pending.reject(error);
      for (const entry of batch) {
        // Each may wait for a lock again, so the last would wait as often as there are others.
        if (performance.now() < entry.pending.deadline) await this.createLevels([entry]);
        else entry.pending.reject(unavailable(error, LOCK_HELD));
      }
    }
  }
}

type NeedsLevels = Extract<Outcome, { kind: 'needs-levels' }>;

const CONTENTION = 'Too many requests change the same data; send it again.';

const isUnavailable = (error: unknown): boolean => error instanceof Problem && error.kind === 'unavailable';
