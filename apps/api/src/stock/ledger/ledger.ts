import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import type { MovementInput } from '#contracts';
import { Problem } from '#service';
import { Database, isRetryable, queryableOf, type Queryable, translate } from '../../database/database.ts';
import type { Answer } from '../../http/answer.ts';
import type { Context } from '../../http/context.ts';
import { LevelRepository } from '../levels/level.repository.ts';
import { MovementRepository } from '../movements/movement.repository.ts';
import { Batcher } from './batcher.ts';
import { movementAnswer } from './movement-answer.ts';
import { readKeys, saveKeys } from './batch-keys.ts';
import { type Outcome, planOf } from './plan.ts';
import { postingsOf, type Posting } from './posting.ts';

/** A movement that waits to be written, and whoever waits for it. */
export interface Pending {
  context: Context;
  movement: MovementInput;
  postings: Posting[];
  /** How often it was put back because a level had to be made first. */
  attempts: number;
  resolve: (answer: Answer) => void;
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
  private readonly batcher = new Batcher<Pending>(
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
  post(context: Context, movement: MovementInput): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.batcher.add({ context, movement, postings: postingsOf(movement), attempts: 0, resolve, reject });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private async run(batch: Pending[], attempt: number): Promise<void> {
    try {
      await this.settle(await this.write(batch));
    } catch (error) {
      if (isRetryable(error) && attempt < ATTEMPTS) return this.run(batch, attempt + 1);
      const isUnavailable = error instanceof Problem || isRetryable(error);
      if (isUnavailable || batch.length === 1)
        return batch.forEach(({ reject }) => reject(unavailableIfRetryable(error)));
      // PostgreSQL refused something: whose it was shows when each goes alone.
      for (const pending of batch) await this.run([pending], attempt);
    }
  }

  private async write(batch: Pending[]): Promise<Outcome[]> {
    const client = await this.pool.connect().catch(translate);
    let broken: Error | undefined;
    try {
      const tx = queryableOf(client);
      const begun = client.query('BEGIN').catch(translate);
      const keys = readKeys(tx, batch);
      const places = batch.flatMap(({ postings }) => postings);
      const [, known, levels, { now, overdue }] = await whole([
        begun,
        keys,
        this.levels.lock(tx, places),
        this.levels.clock(tx),
      ]);
      levels.forget(overdue);
      const outcomes = await planOf(
        batch,
        known,
        levels,
        (unknown) => this.levels.resolve(tx, unknown),
        ({ context, movement: { type, reference, note } }, id, entries) =>
          movementAnswer(context, { id, type, reference, note, createdAt: now }, entries),
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
    work.push(...saveKeys(tx, outcomes), client.query('COMMIT').catch(translate));
    await whole(work);
  }

  /** Tells everybody what became of theirs, now that it is on disk. */
  private async settle(outcomes: Outcome[]): Promise<void> {
    const missing = outcomes.flatMap((outcome) => (outcome.kind === 'needs-levels' ? outcome.levels : []));
    const opened =
      missing.length > 0
        ? this.levels.open(missing.map(({ item, location }) => ({ itemId: item.id, locationId: location.id })))
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
async function whole<T extends readonly Promise<unknown>[] | []>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
