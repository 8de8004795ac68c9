import sql, { type Sql } from 'sql-template-tag';
import type { ItemFilters } from '#contracts';
import { caseFolded, itemWithBarcode } from '../database/case-folded.ts';
import { filters } from '../lists/keyset.ts';

/** Reservations whose time is over still have rows that hold stock: their sum is subtracted once for the whole statement. */
export const OVERDUE = sql`WITH overdue AS MATERIALIZED (SELECT item_id, sum(quantity)::bigint AS quantity FROM overdue_hold GROUP BY item_id)`;

/** Of one row of `item`, summed over locations. */
const AVAILABLE = sql`(
  (SELECT coalesce(sum(on_hand - reserved), 0) FROM stock_level WHERE stock_level.item_id = item.id)
  + coalesce((SELECT quantity FROM overdue WHERE overdue.item_id = item.id), 0))`;

/** Whether a row of `item` is at or below its reorder point. */
export const IS_LOW = sql`coalesce(${AVAILABLE} <= item.reorder_point, false)`;

/** The condition of a flag in the query: it holds, it does not hold, or it does not matter. */
const isWanted = (flag: boolean | undefined, condition: Sql): Sql | false =>
  flag !== undefined && (flag ? condition : sql`NOT (${condition})`);

/** Conditions on a row of `item`, in a statement that begins with `OVERDUE`. */
export const itemFilters = (query: ItemFilters): Sql[] =>
  filters(
    query.archived ? sql`item.archived_at IS NOT NULL` : sql`item.archived_at IS NULL`,
    query.sku !== undefined && sql`item.sku_key = ${caseFolded(query.sku)}`,
    query.barcode !== undefined && sql`item.id = ${itemWithBarcode(query.barcode)}`,
    query.category !== undefined && sql`item.category = ${query.category}`,
    isWanted(query.noCost, sql`item.unit_cost IS NULL`),
    isWanted(query.noBarcode, sql`item.barcode IS NULL`),
    isWanted(query.low, IS_LOW),
    isWanted(query.out, sql`${AVAILABLE} <= 0`),
    query.locationId !== undefined &&
      sql`EXISTS (SELECT FROM stock_level WHERE item_id = item.id AND location_id = ${query.locationId} AND on_hand > 0)`,
    query.updatedSince !== undefined && sql`item.updated_at >= ${query.updatedSince}::timestamptz`,
  );
