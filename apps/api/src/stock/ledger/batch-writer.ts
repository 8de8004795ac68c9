import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import type { Connection } from '../../database/connection.ts';
import { Database } from '../../database/database.ts';
import { LevelRepository } from '../levels/level.repository.ts';
import type { Level } from '../levels/level.ts';
import { MovementRepository } from '../movements/movement.repository.ts';
import { ReservationRepository } from '../reservations/reservation.repository.ts';
import { inBatchSpan } from './batch-span.ts';
import { readIdempotencyKeys, recordIdempotencyKeys } from './batch-idempotency.ts';
import { LANES, LOCK_WAIT_MS, LOCK_WAITS } from './limits.ts';
import type { LockWait } from './lock-queue.ts';
import { planBatch } from './plan-batch.ts';
import type { StockKey } from './posting.ts';
import type { Outcome, QueuedWrite } from './queued-write.ts';
import type { Effects } from './stock-write.ts';

/** One more waits for several locks together, another writes again what was given up. */
const CONNECTIONS = LANES + LOCK_WAITS + 2;

/**
 * Writes batches, each in one transaction, on connections of its own. It waits for no lock of a level: what needs a level
 * that another transaction holds is `contended`.
 */
@Injectable()
export class BatchWriter implements OnApplicationShutdown {
  private readonly pool: pg.Pool;

  constructor(
    private readonly database: Database,
    private readonly levels: LevelRepository,
    private readonly movements: MovementRepository,
    private readonly reservations: ReservationRepository,
  ) {
    // Statements go out without waiting for the result of the one before: a batch costs two round trips.
    this.pool = database.createPool({ max: CONNECTIONS, pipeline: true });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  /** @throws what PostgreSQL refused, then nothing is written; Problem `unavailable` */
  write(batch: QueuedWrite[]): Promise<Outcome[]> {
    return inBatchSpan('stock batch', batch, () =>
      this.transaction((connection) => this.writeOn(connection, connection.begin(LOCK_WAIT_MS), batch)),
    );
  }

  /** Waits for the locks of these levels, then writes the batch that there is by then. */
  writeOnceLocked(levels: StockKey[], wait: LockWait, take: () => QueuedWrite[]): Promise<Outcome[]> {
    return this.transaction(async (connection) => {
      await allSettledOrThrow([
        connection.begin(wait.lockMs),
        connection.limitStatements(wait.totalMs),
        this.levels.lock(connection, levels),
      ]);
      const batch = take();
      return inBatchSpan('stock batch', batch, () => this.writeOn(connection, connection.limitStatements(), batch));
    });
  }

  private async transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.database.checkOut(this.pool);
    try {
      return await work(connection);
    } catch (error) {
      await connection.rollback();
      throw error;
    } finally {
      connection.release();
    }
  }

  /** @param begun the statement before the batch's first */
  private async writeOn(connection: Connection, begun: Promise<void>, batch: QueuedWrite[]): Promise<Outcome[]> {
    const places = batch.flatMap(({ postings }) => postings);
    const [, known, levels, { overdue, ...times }, reservations, movements] = await allSettledOrThrow([
      begun,
      readIdempotencyKeys(connection, batch),
      this.levels.lock(connection, places, { skipLocked: true }),
      this.levels.timesAndOverdue(connection),
      // What only the levels' locks protect is read after them.
      ifAny(batch.flatMap(({ reservationId }) => reservationId ?? []), (ids) => this.reservations.findStored(connection, ids)),
      ifAny(batch.flatMap(({ reversedId }) => reversedId ?? []), (ids) => this.movements.findStored(connection, ids)),
    ]); // prettier-ignore
    levels.subtractOverdue(overdue);
    const state = { ...times, reservations, movements };
    const outcomes = await planBatch(batch, known, levels, state, (unknown) =>
      this.levels.resolve(connection, unknown),
    );
    await this.commit(connection, outcomes);
    return outcomes;
  }

  private async commit(tx: Connection, outcomes: Outcome[]): Promise<void> {
    const effects = outcomes.flatMap((outcome) => (outcome.kind === 'written' ? [outcome.effects] : []));
    const movements = effects.flatMap(({ movement }) => movement ?? []);
    const reservations = effects.flatMap(({ reservation }) => reservation ?? []);
    const changes = effects.flatMap(({ change }) => change ?? []);
    const work: Promise<unknown>[] = [];
    if (movements.length > 0) work.push(this.movements.insert(tx, movements));
    if (reservations.length > 0) work.push(this.reservations.insert(tx, reservations));
    if (changes.length > 0) work.push(this.reservations.update(tx, changes));
    const levels = changedLevels(effects);
    if (levels.size > 0) work.push(this.levels.save(tx, levels));
    work.push(...recordIdempotencyKeys(tx, outcomes));
    const committed = tx.commit();
    await allSettledOrThrow([...work, committed]).catch(async (error: unknown) => {
      // COMMIT went out with the statements before it: its error says that it may have been done.
      if (tx.isLost) await committed;
      throw error;
    });
  }
}

/** The levels that these change, each with what they add to its reserved quantity. */
function changedLevels(effects: Effects[]): Map<Level, number> {
  const changed = new Map<Level, number>();
  for (const { movement, reserved = [] } of effects) {
    for (const { level } of movement?.entries ?? []) changed.set(level, changed.get(level) ?? 0);
    for (const { level, delta } of reserved) changed.set(level, (changed.get(level) ?? 0) + delta);
  }
  return changed;
}

/** What is read for these ids, without a statement where there are none. */
const ifAny = <T>(ids: string[], read: (ids: string[]) => Promise<Map<string, T>>): Promise<Map<string, T>> =>
  ids.length > 0 ? read(ids) : Promise.resolve(new Map<string, T>());

/** Waits for all, also where one fails, so that nothing of this transaction is still under way; then throws the first failure. */
async function allSettledOrThrow<T extends readonly Promise<unknown>[] | []>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
