import { Injectable } from '@nestjs/common';
import sql, { empty } from 'sql-template-tag';
import { type HistoryQuery, MAX_POINTS } from '#contracts';
import { Database } from '../database/database.ts';

@Injectable()
export class HistoryRepository {
  constructor(private readonly database: Database) {}

  /**
   * The contract's `History` as JSON text. Costs as much as the item has lines in the ledger, whatever others have: the
   * level of a moment is the sum of all lines before it. The ledger's sequence is the order: a movement whose clock was
   * behind that of the one before counts as of the same moment.
   */
  async read({ itemId, locationId, from, to, consistency = 'eventual' }: HistoryQuery): Promise<string> {
    const here = locationId === undefined ? empty : sql`AND line.location_id = ${locationId}`;
    const row = await this.database.source(consistency).one<{ json: string }>(sql`
      WITH step AS MATERIALIZED (
        SELECT movement.seq, max(movement.created_at) OVER (ORDER BY movement.seq) AS at, sum(line.delta)::bigint AS delta,
               (sum(sum(line.delta)) OVER (ORDER BY movement.seq))::bigint AS on_hand
        FROM movement_line line JOIN movement ON movement.seq = line.movement_seq
        WHERE line.item_id = ${itemId} ${here}
        GROUP BY movement.seq, movement.created_at
      ), span AS (
        SELECT coalesce(${from}::timestamptz(3), min(at), now()::timestamptz(3)) AS "from",
               coalesce(${to}::timestamptz(3), now()::timestamptz(3)) AS "to" FROM step
      ), shown AS MATERIALIZED (
        SELECT step.* FROM step, span WHERE step.at >= span."from" AND step.at < span."to"
      ), bucket AS (
        SELECT ceil(extract(epoch FROM span."to" - span."from") / ${MAX_POINTS})::bigint AS seconds
        FROM span WHERE (SELECT count(*) FROM shown) > ${MAX_POINTS}
      ), point AS (
        SELECT at, on_hand AS last, on_hand AS min, on_hand AS max, seq
        FROM shown WHERE NOT EXISTS (SELECT FROM bucket)
        UNION ALL
        -- What was on hand when the bucket began belongs to its range.
        SELECT date_bin(make_interval(secs => bucket.seconds), at, span."from"), (array_agg(on_hand ORDER BY seq DESC))[1],
               min(least(on_hand, on_hand - delta)), max(greatest(on_hand, on_hand - delta)), min(seq)
        FROM shown, span, bucket GROUP BY 1
      )
      SELECT row_to_json(history)::text AS json FROM (
        SELECT ${itemId}::uuid AS "itemId", ${locationId}::uuid AS "locationId", span."from", span."to",
               coalesce((SELECT on_hand FROM step WHERE at < span."from" ORDER BY seq DESC LIMIT 1), 0) AS opening,
               (SELECT seconds FROM bucket) AS "bucketSeconds",
               (SELECT coalesce(json_agg(json_build_object('at', at, 'last', last, 'min', min, 'max', max) ORDER BY seq), '[]')
                FROM point) AS points
        FROM span
      ) history`);
    return row.json;
  }
}
