import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Consistency } from '#contracts';
import { Database } from '../database/database.ts';
import { OVERDUE, PER_ITEM, withReportMemory } from './whole-stock.ts';

/** What a summary is of, and where it is read. */
export interface SummaryScope {
  currency: string;
  /** IANA: when days begin. */
  timeZone: string;
  consistency: Consistency;
}

@Injectable()
export class SummaryRepository {
  constructor(private readonly database: Database) {}

  /** The contract's `Summary` as JSON text. */
  async read({ currency, timeZone, consistency }: SummaryScope): Promise<string> {
    const today = sql`(now() AT TIME ZONE ${timeZone})::date`;
    const row = await withReportMemory(this.database.source(consistency), (tx) =>
      tx.one<{ json: string }>(sql`
        WITH ${OVERDUE}, ${PER_ITEM}, stock AS (
          SELECT count(*) AS items, coalesce(sum(on_hand), 0) AS "onHand", coalesce(sum(reserved), 0) AS reserved,
                 coalesce(sum(on_hand * item.unit_cost::numeric), 0) AS "stockValue",
                 count(*) FILTER (WHERE coalesce(on_hand - reserved, 0) <= item.reorder_point) AS "lowItems"
          FROM item LEFT JOIN per_item ON per_item.item_id = item.id
          WHERE item.archived_at IS NULL
        ), counted AS (
          SELECT (created_at AT TIME ZONE ${timeZone})::date AS date, count(*) AS movements
          FROM movement WHERE created_at >= (${today} - 29)::timestamp AT TIME ZONE ${timeZone} GROUP BY 1
        ), per_day AS (
          SELECT day::date AS date, coalesce(counted.movements, 0) AS movements
          FROM generate_series((${today} - 29)::timestamp, ${today}::timestamp, interval '1 day') day
          LEFT JOIN counted ON counted.date = day::date ORDER BY 1
        )
        SELECT row_to_json(summary)::text AS json FROM (
          SELECT stock.items, (SELECT count(*) FROM location WHERE archived_at IS NULL) AS locations,
                 stock."onHand", stock.reserved, stock."stockValue", ${currency}::text AS currency, stock."lowItems",
                 ${timeZone}::text AS "timeZone",
                 (SELECT movements FROM per_day ORDER BY date DESC LIMIT 1) AS "movementsToday",
                 (SELECT json_agg(per_day ORDER BY date) FROM per_day) AS "movementsPerDay",
                 (SELECT count(*) FROM import WHERE state IN ('queued', 'running')) AS "importsUnderWay"
          FROM stock
        ) summary`),
    );
    return row.json;
  }
}
