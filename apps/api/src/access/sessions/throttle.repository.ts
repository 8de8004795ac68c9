import { Injectable } from '@nestjs/common';
import sql, { empty } from 'sql-template-tag';
import { Database, type Queryable } from '../../database/database.ts';

/** How often something failed. */
export interface Counter {
  /** Hexadecimal. */
  key: string;
  failures: number;
  lastAt: Date;
  blockedUntil: Date;
}

/** `blockedUntil` of a counter that has not failed often enough yet. */
export const NEVER_BLOCKED = new Date(0);

@Injectable()
export class ThrottleRepository {
  constructor(private readonly database: Database) {}

  find(db: Queryable, keys: string[]): Promise<Counter[]> {
    return this.select(db, keys, false);
  }

  /** Locks the counters of these keys, in the order of the keys. */
  lock(tx: Queryable, keys: string[]): Promise<Counter[]> {
    return this.select(tx, keys, true);
  }

  /** Makes counters for those of these keys that have none; the keys are in order. */
  async create(tx: Queryable, keys: string[], now: Date): Promise<void> {
    await tx.query(sql`
      INSERT INTO sign_in_failure (key, last_at, blocked_until)
      SELECT decode(key, 'hex'), ${now}::timestamptz, ${NEVER_BLOCKED}::timestamptz FROM unnest(${keys}::text[]) AS key
      ON CONFLICT DO NOTHING`);
  }

  async save(tx: Queryable, { key, failures, lastAt, blockedUntil }: Counter): Promise<void> {
    await tx.query(sql`
      UPDATE sign_in_failure SET failures = ${failures}, last_at = ${lastAt}, blocked_until = ${blockedUntil}
      WHERE key = decode(${key}, 'hex')`);
  }

  async deleteOlderThan(olderThan: Date): Promise<void> {
    await this.database.query(
      sql`DELETE FROM sign_in_failure WHERE last_at < ${olderThan} AND blocked_until < ${olderThan}`,
    );
  }

  private select(db: Queryable, keys: string[], lock: boolean): Promise<Counter[]> {
    return db.query<Counter>(sql`
      SELECT encode(key, 'hex') AS key, failures, last_at AS "lastAt", blocked_until AS "blockedUntil" FROM sign_in_failure
      WHERE key IN (SELECT decode(key, 'hex') FROM unnest(${keys}::text[]) AS key)
      ORDER BY key ${lock ? sql`FOR UPDATE` : empty}`);
  }
}
