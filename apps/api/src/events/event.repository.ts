import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import type { EventType } from '#contracts';
import { Database } from '../database/database.ts';
import type { EventCursor } from './event-cursor.ts';
import { EVENT_JSON } from './event-json.ts';
import { MAX_BATCH } from './publisher.repository.ts';

/** An event as it is sent. */
export interface PublishedEvent extends EventCursor {
  type: EventType;
  json: string;
}

@Injectable()
export class EventRepository {
  constructor(private readonly database: Database) {}

  /** The events that are kept: those after `oldest`, up to `newest`. */
  async bounds(): Promise<{ oldest: bigint; newest: bigint }> {
    const row = await this.database.one<{ oldest: string; newest: string }>(sql`
      SELECT (SELECT last_position - cardinality(seqs) FROM event_batch ORDER BY last_position LIMIT 1) AS oldest,
             (SELECT last_position FROM event_batch ORDER BY last_position DESC LIMIT 1) AS newest`);
    return { oldest: BigInt(row.oldest), newest: BigInt(row.newest) };
  }

  /** The number of the event at a position that is kept. */
  async seqAt(position: bigint): Promise<bigint> {
    const row = await this.database.one<{ seq: string }>(sql`
      SELECT seqs[cardinality(seqs) - (last_position - ${position}::bigint)] AS seq
      FROM event_batch WHERE last_position >= ${position}::bigint ORDER BY last_position LIMIT 1`);
    return BigInt(row.seq);
  }

  /** The first of these types between two positions, the later one included. */
  async read(after: bigint, upTo: bigint, types: EventType[], limit: number): Promise<PublishedEvent[]> {
    const rows = await this.database.query<{ position: string; seq: string; type: EventType; json: string }>(sql`
      SELECT page.position, page.seq, page.type, ${EVENT_JSON}::text AS json
      FROM (
        SELECT place.position, event.*
        FROM (
          SELECT last_position - cardinality(seqs) + n AS position, seq
          FROM event_batch CROSS JOIN LATERAL unnest(seqs) WITH ORDINALITY AS entry(seq, n)
          WHERE last_position > ${after}::bigint AND last_position < ${upTo}::bigint + ${raw(String(MAX_BATCH))}
        ) place
        JOIN event USING (seq)
        WHERE place.position > ${after}::bigint AND place.position <= ${upTo}::bigint AND event.type = ANY(${types}::text[])
        ORDER BY place.position LIMIT ${raw(String(limit))}
      ) page ORDER BY page.position`);
    return rows.map(({ position, seq, ...event }) => ({ ...event, position: BigInt(position), seq: BigInt(seq) }));
  }

  /** Deletes up to `maxBatches` batches of events that are older than 30 days. @returns how many */
  async deleteOld(maxBatches: number): Promise<number> {
    const row = await this.database.one<{ deleted: number }>(sql`SELECT delete_old_events(${maxBatches}) AS deleted`);
    return row.deleted;
  }
}
