import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import type { MovementInput } from '#contracts';
import { Problem } from '#service';
import { Database, isRetryable, queryableOf, type Queryable, throwAsProblem } from '../../database/database.ts';
import type { JsonResponse } from '../../http/json-response.ts';
import type { Context } from '../../http/context.ts';
import { LevelRepository } from '../levels/level.repository.ts';
import { MovementRepository } from '../movements/movement.repository.ts';
import { Batcher } from './batcher.ts';
import { movementResponse } from './movement-response.ts';
import { readIdempotencyKeys, recordIdempotencyKeys } from './batch-idempotency.ts';
import { type Outcome, planBatch } from './plan-batch.ts';
import { postingsOf, type Posting } from './posting.ts';

/** A movement that waits to be written, and whoever waits for it. */
export interface QueuedMovement {
  context: Context;
  movement: MovementInput;
  postings: Posting[];
  /** How often it was put back because a level had to be made first. */
  attempts: number;
  resolve: (answer: JsonResponse) => void;
  reject: (error: unknown) => void;
}

/** Two, so that one batch is read while the other is flushed to disk. */
const LANES = 2;
/** Lines in one batch, which bounds how long its locks are held. */
const CAPACITY = 500;
const ATTEMPTS = 5;

/**
 * Writes movements. Those that arrive together share a transaction: their levels are locked in one order, each is judged
 * on what those before it left, each is applied whole or refused whole, and the answers are given once all are on disk.
 */
@Injectable()
export class Ledger implements OnApplicationShutdown {
  private readonly pool: pg.Pool;
  private readonly batcher = new Batcher<QueuedMovement>(
    (batch) => this.run(batch, 1),
    ({ postings }) => postings.length,
    LANES,
    CAPACITY,
  );

  constructor(
    database: Database,
    private readonly levels: LevelRepository,
    private readonly movements: MovementRepository,
  ) {
    // Statements go out without waiting for the answer to the one before: a batch costs two round trips.
    this.pool = database.createPool({ max: LANES, pipeline: true });
  }

  /** @throws Problem `insufficient-stock`, `unexpected-level`, `conflict`, `invalid-fields`, `key-in-use`, `key-reused`, `unavailable` */
  post(context: Context, movement: MovementInput): Promise<JsonResponse> {
    return new Promise((resolve, reject) => {
      this.batcher.add({ context, movement, postings: postingsOf(movement), attempts: 0, resolve, reject });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private async run(batch: QueuedMovement[], attempt: number): Promise<void> {
    try {
      await this.resolveAll(await this.write(batch));
    } catch (error) {
      if (isRetryable(error) && attempt < ATTEMPTS) return this.run(batch, attempt + 1);
      const isUnavailable = error instanceof Problem || isRetryable(error);
      if (isUnavailable || batch.length === 1)
        return batch.forEach(({ reject }) => reject(unavailableIfRetryable(error)));
      // PostgreSQL refused something: whose it was shows when each goes alone.
      for (const pending of batch) await this.run([pending], attempt);
    }
  }

  private async write(batch: QueuedMovement[]): Promise<Outcome[]> {
    const client = await this.pool.connect().catch(throwAsProblem);
    let broken: Error | undefined;
    try {
      const tx = queryableOf(client);
      const begun = client.query('BEGIN').catch(throwAsProblem);
      const keys = readIdempotencyKeys(tx, batch);
      const places = batch.flatMap(({ postings }) => postings);
      const [, known, levels, { now, overdue }] = await allSettledOrThrow([
        begun,
        keys,
        this.levels.lock(tx, places),
        this.levels.nowAndOverdue(tx),
      ]);
      levels.subtractOverdue(overdue);
      const outcomes = await planBatch(
        batch,
        known,
        levels,
        (unknown) => this.levels.resolve(tx, unknown),
        ({ context, movement: { type, reference, note } }, id, entries) =>
          movementResponse(context, { id, type, reference, note, createdAt: now }, entries),
      );
      await this.commit(client, tx, outcomes);
      return outcomes;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private async commit(client: pg.PoolClient, tx: Queryable, outcomes: Outcome[]): Promise<void> {
    const written = outcomes.flatMap((outcome) => (outcome.kind === 'written' ? [outcome.written] : []));
    const changed = [...new Set(written.flatMap(({ entries }) => entries.map(({ level }) => level)))];
    const work: Promise<unknown>[] = [];
    if (written.length > 0) work.push(this.movements.insert(tx, written), this.levels.saveOnHand(tx, changed));
    work.push(...recordIdempotencyKeys(tx, outcomes), client.query('COMMIT').catch(throwAsProblem));
    await allSettledOrThrow(work);
  }

  /** Tells everybody what became of theirs, now that it is on disk. */
  private async resolveAll(outcomes: Outcome[]): Promise<void> {
    const missing = outcomes.flatMap((outcome) => (outcome.kind === 'needs-levels' ? outcome.levels : []));
    const opened =
      missing.length > 0
        ? this.levels.createLevels(missing.map(({ item, location }) => ({ itemId: item.id, locationId: location.id })))
        : undefined;
    for (const outcome of outcomes) {
      const { pending } = outcome;
      switch (outcome.kind) {
        case 'written':
        case 'answered':
          pending.resolve(outcome.answer);
          break;
        case 'refused':
          pending.reject(outcome.problem);
          break;
        case 'needs-levels':
          pending.attempts++;
          if (pending.attempts > ATTEMPTS)
            pending.reject(
              new Problem('unavailable', 'The level could not be made; try again.', {
                headers: { 'retry-after': '1' },
              }),
            );
          else opened!.then(() => this.batcher.add(pending), pending.reject);
      }
    }
    await opened?.catch(() => undefined); // Each that waited for it was told.
  }
}

const unavailableIfRetryable = (error: unknown): unknown =>
  isRetryable(error)
    ? new Problem('unavailable', 'Too much contention; try again.', { headers: { 'retry-after': '1' }, cause: error })
    : error;

/** Waits for all, also where one fails, so that nothing of this transaction is still under way; then throws the first failure. */
async function allSettledOrThrow<T extends readonly Promise<unknown>[] | []>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
