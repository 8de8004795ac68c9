import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
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

  /** The counters of these keys, new ones where there are none, locked in the order of the keys. */
  async lock(tx: Queryable, keys: string[], now: Date): Promise<Counter[]> {
    await tx.query(sql`
      INSERT INTO sign_in_failure (key, last_at, blocked_until)
      SELECT decode(key, 'hex'), ${now}::timestamptz, ${NEVER_BLOCKED}::timestamptz FROM unnest(${keys}::text[]) AS key
      ON CONFLICT DO NOTHING`);
    return tx.query<Counter>(sql`
      SELECT encode(key, 'hex') AS key, failures, last_at AS "lastAt", blocked_until AS "blockedUntil" FROM sign_in_failure
      WHERE key IN (SELECT decode(key, 'hex') FROM unnest(${keys}::text[]) AS key) ORDER BY key FOR UPDATE`);
  }

  async save(tx: Queryable, { key, failures, lastAt, blockedUntil }: Counter): Promise<void> {
    await tx.query(sql`
      UPDATE sign_in_failure SET failures = ${failures}, last_at = ${lastAt}, blocked_until = ${blockedUntil}
      WHERE key = decode(${key}, 'hex')`);
  }

  async clear(key: string): Promise<void> {
    await this.database.query(sql`DELETE FROM sign_in_failure WHERE key = decode(${key}, 'hex')`);
  }

  /** Takes one failure back, and the block that came with it unless a later failure has set another one. */
  async takeBack(before: Counter, after: Counter): Promise<void> {
    await this.database.query(sql`
      UPDATE sign_in_failure SET failures = greatest(failures - 1, 0),
        blocked_until = CASE WHEN blocked_until = ${after.blockedUntil} THEN ${before.blockedUntil} ELSE blocked_until END
      WHERE key = decode(${before.key}, 'hex')`);
  }

  async forget(olderThan: Date): Promise<void> {
    await this.database.query(
      sql`DELETE FROM sign_in_failure WHERE last_at < ${olderThan} AND blocked_until < ${olderThan}`,
    );
  }
}
