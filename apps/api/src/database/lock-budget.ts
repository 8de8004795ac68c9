import type { Sql } from 'sql-template-tag';
import type { Connection, Queryable } from './connection.ts';
import { firstOf } from './first-of.ts';

/** A statement this long after the one before may follow on a wait for a lock. */
const STALE_MS = 100;

/** A transaction whose statements wait for locks until one deadline: lock_timeout alone is for each of them anew. */
export class LockBudget implements Queryable {
  private setAt = performance.now();

  /** @param deadline by `performance.now()`; the transaction's lock_timeout is the time that is left */
  constructor(
    private readonly connection: Connection,
    private readonly deadline: number,
  ) {}

  async query<Row extends object>(statement: Sql): Promise<Row[]> {
    const now = performance.now();
    if (now - this.setAt > STALE_MS) {
      await this.connection.limitLockWaits(Math.max(1, Math.floor(this.deadline - now)));
      this.setAt = now;
    }
    return this.connection.query<Row>(statement);
  }

  async first<Row extends object>(statement: Sql): Promise<Row | undefined> {
    return (await this.query<Row>(statement))[0];
  }

  async one<Row extends object>(statement: Sql): Promise<Row> {
    return firstOf(await this.query<Row>(statement));
  }
}
