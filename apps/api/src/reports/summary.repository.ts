import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../database/database.ts';
import { OVERDUE, PER_ITEM, withReportMemory } from './whole-stock.ts';

@Injectable()
export class SummaryRepository {
  constructor(private readonly database: Database) {}

  /** The contract's `Summary` as JSON text. */
  async read(currency: string): Promise<string> {
    const row = await withReportMemory(this.database, (tx) =>
      tx.one<{ json: string }>(sql`
        WITH ${OVERDUE}, ${PER_ITEM}, stock AS (
          SELECT count(*) AS items, coalesce(sum(on_hand), 0) AS "onHand", coalesce(sum(reserved), 0) AS reserved,
                 coalesce(sum(on_hand * item.unit_cost::numeric), 0) AS "stockValue",
                 count(*) FILTER (WHERE coalesce(on_hand - reserved, 0) <= item.reorder_point) AS "lowItems"
          FROM item LEFT JOIN per_item ON per_item.item_id = item.id
          WHERE item.archived_at IS NULL
        ), counted AS (
          SELECT (created_at AT TIME ZONE 'UTC')::date AS date, count(*) AS movements
          FROM movement WHERE created_at >= date_trunc('day', now(), 'UTC') - interval '29 days' GROUP BY 1
        ), per_day AS (
          SELECT day::date AS date, coalesce(counted.movements, 0) AS movements
          FROM generate_series((now() AT TIME ZONE 'UTC')::date - 29, (now() AT TIME ZONE 'UTC')::date, interval '1 day') day
          LEFT JOIN counted ON counted.date = day::date ORDER BY 1
        )
        SELECT row_to_json(summary)::text AS json FROM (
          SELECT stock.items, (SELECT count(*) FROM location WHERE archived_at IS NULL) AS locations,
                 stock."onHand", stock.reserved, stock."stockValue", ${currency}::text AS currency, stock."lowItems",
                 (SELECT movements FROM per_day ORDER BY date DESC LIMIT 1) AS "movementsToday",
                 (SELECT json_agg(per_day ORDER BY date) FROM per_day) AS "movementsPerDay",
                 (SELECT count(*) FROM import WHERE state IN ('queued', 'running')) AS "importsUnderWay"
          FROM stock
        ) summary`),
    );
    return row.json;
  }
}
