import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import type { MovementInput } from '#contracts';
import { Problem } from '#service';
import type { Connection } from '../../database/connection.ts';
import { Database } from '../../database/database.ts';
import { isRetryable, LOCK_HELD, LOCK_NOT_AVAILABLE, sqlState, unavailable } from '../../database/database-errors.ts';
import type { JsonResponse } from '../../http/json-response.ts';
import type { Context } from '../../http/context.ts';
import { stockKeyOf } from '../levels/level.ts';
import { LevelRepository } from '../levels/level.repository.ts';
import { MovementRepository } from '../movements/movement.repository.ts';
import { Batcher } from './batcher.ts';
import { movementResponse } from './movement-response.ts';
import { readIdempotencyKeys, recordIdempotencyKeys } from './batch-idempotency.ts';
import { ContendedKeys } from './contended-keys.ts';
import { planBatch } from './plan-batch.ts';
import type { Outcome, QueuedMovement } from './queued-movement.ts';
import { postingsOf } from './posting.ts';

/** Two, so that one batch is read while the other is flushed to disk. */
const LANES = 2;
/** Lines in one batch, which bounds how long its locks are held. */
const CAPACITY = 500;
/** Lines that may wait for their batch: some seconds of work. */
const MAX_WAITING = 20_000;
/** Lines that may wait for levels whose locks other transactions hold. */
const MAX_CONTENDED = 2_000;
const ATTEMPTS = 5;
/** How long a batch waits for one lock before it is written without the levels that others hold. */
const LOCK_TIMEOUT_MS = 1_000;
/** How long a movement waits, without a connection, for a level whose lock another transaction holds. */
const CONTENDED_TIMEOUT_MS = 3_000;
const CONTENDED_RETRY_MS = 40;

/**
 * Writes movements. Those that arrive together share a transaction: their levels are locked in one order, each is
 * evaluated on what those before it left, each is applied whole or refused whole, and all are answered once they are on
 * disk. A level whose lock another transaction holds delays its own movements only: they are taken out of their batch,
 * and tried again in batches of their own that take no lock for which they would have to wait.
 */
@Injectable()
export class Ledger implements OnApplicationShutdown {
  private readonly pool: pg.Pool;
  private readonly contendedKeys = new ContendedKeys();
  private readonly batcher = new Batcher<QueuedMovement>(
    (batch) => this.run(batch, 1),
    ({ postings }) => postings.length,
    LANES,
    CAPACITY,
    MAX_WAITING,
  );
  private readonly contended = new Batcher<QueuedMovement>(
    (batch) => this.run(batch, 1, { skipLocked: true }),
    ({ postings }) => postings.length,
    1,
    CAPACITY,
    MAX_CONTENDED,
  );
  private readonly levelCreation = new Batcher<NeedsLevels>(
    (batch) => this.createLevels(batch),
    ({ levels }) => levels.length,
    1,
    CAPACITY,
    MAX_WAITING,
  );

  constructor(
    private readonly database: Database,
    private readonly levels: LevelRepository,
    private readonly movements: MovementRepository,
  ) {
    // Statements go out without waiting for the answer to the one before: a batch costs two round trips.
    this.pool = database.createPool({ max: LANES + 1, pipeline: true, lockTimeoutMs: LOCK_TIMEOUT_MS });
  }

  /** @throws Problem `insufficient-stock`, `unexpected-level`, `conflict`, `invalid-fields`, `key-in-use`, `key-reused`, `unavailable` */
  post(context: Context, movement: MovementInput): Promise<JsonResponse> {
    return new Promise((resolve, reject) => {
      const postings = postingsOf(movement);
      this.enqueue({ context, movement, postings, queuedAt: performance.now(), attempts: 0, resolve, reject });
    });
  }

  private enqueue(queued: QueuedMovement): void {
    const isContended = queued.postings.some((posting) => this.contendedKeys.has(stockKeyOf(posting)));
    if (!(isContended ? this.contended : this.batcher).add(queued))
      queued.reject(unavailable(undefined, 'Too many movements wait to be written; send this one again in a moment.'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private async run(batch: QueuedMovement[], attempt: number, { skipLocked = false } = {}): Promise<void> {
    try {
      this.resolveAll(await this.write(batch, skipLocked));
    } catch (error) {
      if (sqlState(error) === LOCK_NOT_AVAILABLE && !skipLocked) return this.run(batch, attempt, { skipLocked: true });
      if (isRetryable(error) && attempt < ATTEMPTS) {
        await sleep(attempt * (5 + Math.random() * 20));
        return this.run(batch, attempt + 1, { skipLocked });
      }
      if (isRetryable(error) || isUnavailable(error) || batch.length === 1)
        return batch.forEach(({ reject }) => reject(isRetryable(error) ? unavailable(error, CONTENTION) : error));
      // PostgreSQL refused a value: each movement goes alone, so that its neighbours are written.
      for (const queued of batch) await this.run([queued], attempt, { skipLocked });
    }
  }

  private async write(batch: QueuedMovement[], skipLocked: boolean): Promise<Outcome[]> {
    const connection = await this.database.checkOut(this.pool);
    try {
      const places = batch.flatMap(({ postings }) => postings);
      const [, known, levels, { now, overdue }] = await allSettledOrThrow([
        connection.begin(),
        readIdempotencyKeys(connection, batch),
        this.levels.lock(connection, places, { skipLocked }),
        this.levels.nowAndOverdue(connection),
      ]);
      levels.subtractOverdue(overdue);
      const outcomes = await planBatch(
        batch,
        known,
        levels,
        (unknown) => this.levels.resolve(connection, unknown),
        ({ context, movement: { type, reference, note } }, id, entries) =>
          movementResponse(context, { id, type, reference, note, createdAt: now }, entries),
      );
      await this.commit(connection, outcomes);
      return outcomes;
    } catch (error) {
      await connection.rollback();
      throw error;
    } finally {
      connection.release();
    }
  }

  private async commit(tx: Connection, outcomes: Outcome[]): Promise<void> {
    const written = outcomes.flatMap((outcome) => (outcome.kind === 'written' ? [outcome.written] : []));
    const changed = [...new Set(written.flatMap(({ entries }) => entries.map(({ level }) => level)))];
    const work: Promise<unknown>[] = [];
    if (written.length > 0) work.push(this.movements.insert(tx, written), this.levels.saveOnHand(tx, changed));
    work.push(...recordIdempotencyKeys(tx, outcomes));
    const committed = tx.commit();
    await allSettledOrThrow([...work, committed]).catch(async (error: unknown) => {
      // COMMIT went out with the statements before it: its error says that it may have been done.
      if (tx.isLost) await committed;
      throw error;
    });
  }

  /** Settles what the callers wait for, now that it is on disk. */
  private resolveAll(outcomes: Outcome[]): void {
    for (const outcome of outcomes) {
      const { pending } = outcome;
      switch (outcome.kind) {
        case 'written':
        case 'answered':
          for (const posting of pending.postings) this.contendedKeys.delete(stockKeyOf(posting));
          pending.resolve(outcome.answer);
          break;
        case 'refused':
          pending.reject(outcome.problem);
          break;
        case 'contended':
          this.retryContended(pending, outcome.keys);
          break;
        case 'needs-levels':
          if (++pending.attempts > ATTEMPTS || !this.levelCreation.add(outcome))
            pending.reject(unavailable(undefined, 'The level could not be made; send the movement again.'));
          break;
        default:
          outcome satisfies never;
      }
    }
  }

  private retryContended(pending: QueuedMovement, keys: string[]): void {
    for (const key of keys) this.contendedKeys.add(key);
    if (performance.now() - pending.queuedAt > CONTENDED_TIMEOUT_MS)
      return pending.reject(unavailable(undefined, LOCK_HELD));
    setTimeout(() => this.enqueue(pending), CONTENDED_RETRY_MS * (0.5 + Math.random()));
  }

  /** Then evaluates the movements again. Where another transaction holds one item or location, the others go on. */
  private async createLevels(batch: NeedsLevels[]): Promise<void> {
    const places = batch.flatMap(({ levels }) => levels.map(({ item, location }) => ({ itemId: item.id, locationId: location.id }))); // prettier-ignore
    try {
      await this.levels.createLevels(places);
      for (const { pending } of batch) this.enqueue(pending);
    } catch (error) {
      if (batch.length === 1) return batch[0]!.pending.reject(error);
      for (const entry of batch) await this.createLevels([entry]);
    }
  }
}

type NeedsLevels = Extract<Outcome, { kind: 'needs-levels' }>;

const CONTENTION = 'Too many requests change the same data; send it again.';

const isUnavailable = (error: unknown): boolean => error instanceof Problem && error.kind === 'unavailable';

/** Waits for all, also where one fails, so that nothing of this transaction is still under way; then throws the first failure. */
async function allSettledOrThrow<T extends readonly Promise<unknown>[] | []>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
