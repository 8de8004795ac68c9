import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import { Database, type Queryable } from '../database/database.ts';

/** Events of one row of `event_batch`, at most. */
export const MAX_BATCH = 1_000;
/** Events that one statement orders, at most, beside those of transactions that ran during the one before. */
export const MAX_EVENTS = 10_000;
/** An arbitrary number that no other advisory lock of this database uses. */
const LOCK = 7_203_542;

/** How far the feed is. */
interface Head {
  position: string;
  lastSeq: string;
  settledSeq: string;
  /** The transactions that ran when it was made: `running`, and those from `begunFrom` up to `begunBefore`. */
  running: string[];
  begunFrom: string;
  begunBefore: string;
  /** Whether transaction ids have begun again since: the database was restored into another server. */
  isRestored: boolean;
}

@Injectable()
export class PublisherRepository {
  constructor(private readonly database: Database) {}

  /**
   * Gives the events that are committed and have none yet their positions, in the order of their numbers. An event of a
   * change that another one waited for has the lower number and was committed before, so each is after what it follows from.
   * @returns how many; fewer than `MAX_EVENTS` where those were all
   */
  publish(): Promise<number> {
    return this.database.transaction(async (tx) => {
      // A statement of its own: the next one sees what the last holder of the lock committed.
      await tx.query(sql`SELECT pg_advisory_xact_lock(${raw(String(LOCK))})`);
      return this.appendBatches(tx, await this.findHead(tx));
    });
  }

  private findHead(tx: Queryable): Promise<Head> {
    return tx.one<Head>(sql`
      SELECT last_position AS position, last_seq AS "lastSeq", settled_seq AS "settledSeq",
             ARRAY(SELECT pg_snapshot_xip(snapshot))::text[] AS running, pg_snapshot_xmax(snapshot)::text AS "begunFrom",
             xid::text AS "begunBefore", pg_snapshot_xmax(pg_current_snapshot()) < pg_snapshot_xmax(snapshot) AS "isRestored"
      FROM event_batch ORDER BY last_position DESC LIMIT 1`);
  }

  /**
   * Those with higher numbers than any before, and those whose transactions ran when the last batch was made. What the
   * statement sees and the snapshot that it keeps are the same.
   */
  private async appendBatches(tx: Queryable, head: Head): Promise<number> {
    const isLate = sql`seq > ${head.settledSeq}::bigint AND seq <= ${head.lastSeq}::bigint`;
    const rows = await tx.query<{ count: number }>(sql`
      WITH unpublished AS (
        (SELECT seq FROM event WHERE seq > ${head.lastSeq}::bigint ORDER BY seq LIMIT ${raw(String(MAX_EVENTS))})
        UNION ALL
        SELECT seq FROM event WHERE xid = ANY(${head.running}::xid8[]) AND ${isLate}
        UNION ALL
        SELECT seq FROM event WHERE xid >= ${head.begunFrom}::xid8 AND xid < ${head.begunBefore}::xid8 AND ${isLate}
      ), numbered AS (
        SELECT seq, row_number() OVER (ORDER BY seq) AS n, max(seq) OVER () AS highest FROM unpublished
      )
      INSERT INTO event_batch (last_position, seqs, last_seq, settled_seq)
      SELECT ${head.position}::bigint + max(n), array_agg(seq ORDER BY seq), greatest(${head.lastSeq}::bigint, max(highest)),
             ${head.isRestored ? head.lastSeq : head.settledSeq}::bigint
      FROM numbered GROUP BY (n - 1) / ${raw(String(MAX_BATCH))}
      RETURNING cardinality(seqs) AS count`);
    return rows.reduce((sum, { count }) => sum + count, 0);
  }
}
