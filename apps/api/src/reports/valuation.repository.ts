import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import { type Consistency, MAX_VALUATION_GROUPS } from '#contracts';
import { Database } from '../database/database.ts';
import { withReportMemory } from './whole-stock.ts';

/** Over rows of one item each, with its `units` and `unit_cost`. Numeric: money times quantity can pass 64 bits. */
const COST_VALUE = sql`
  coalesce(sum(units), 0) AS units, coalesce(sum(units * unit_cost::numeric), 0) AS value,
  count(*) FILTER (WHERE unit_cost IS NULL) AS "itemsWithoutCost",
  coalesce(sum(units) FILTER (WHERE unit_cost IS NULL), 0) AS "unitsWithoutCost"`;

const LIMIT = raw(String(MAX_VALUATION_GROUPS));

@Injectable()
export class ValuationRepository {
  constructor(private readonly database: Database) {}

  /** The contract's `Valuation` as JSON text. */
  async read(currency: string, consistency: Consistency): Promise<string> {
    const row = await withReportMemory(this.database.source(consistency), (tx) =>
      tx.one<{ json: string }>(sql`
        WITH per_item AS MATERIALIZED (
          SELECT item.category, item.unit_cost, stock.units
          FROM (SELECT item_id, sum(on_hand) AS units FROM stock_level WHERE on_hand > 0 GROUP BY item_id) stock
          JOIN item ON item.id = stock.item_id
        ), total AS (
          SELECT ${COST_VALUE} FROM per_item
        ), by_category AS (
          SELECT category, ${COST_VALUE} FROM per_item GROUP BY category ORDER BY value DESC, category LIMIT ${LIMIT}
        ), by_location AS (
          SELECT location_id, ${COST_VALUE}
          FROM (SELECT location_id, on_hand AS units, unit_cost FROM stock_level JOIN item ON item.id = item_id WHERE on_hand > 0) stock
          GROUP BY location_id ORDER BY value DESC, location_id LIMIT ${LIMIT}
        ), named AS (
          SELECT json_build_object('id', location.id, 'code', location.code) AS location, by_location.units, by_location.value,
                 by_location."itemsWithoutCost", by_location."unitsWithoutCost"
          FROM by_location JOIN location ON location.id = location_id ORDER BY value DESC, location_id
        )
        SELECT row_to_json(valuation)::text AS json FROM (
          SELECT ${currency}::text AS currency, (SELECT row_to_json(total) FROM total) AS total,
                 (SELECT coalesce(json_agg(by_category), '[]') FROM by_category) AS categories,
                 (SELECT coalesce(json_agg(named), '[]') FROM named) AS locations
        ) valuation`),
    );
    return row.json;
  }
}
