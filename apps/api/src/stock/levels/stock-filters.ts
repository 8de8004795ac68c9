import sql, { type Sql } from 'sql-template-tag';
import type { StockFilters } from '#contracts';
import { filters } from '../../lists/keyset.ts';

/** What reservations hold on paper although their time is over, by level. */
export const OVERDUE = sql`WITH overdue AS MATERIALIZED (SELECT * FROM overdue_hold)`;

const IS_LOW = sql`
  item.reorder_point >= (SELECT sum(on_hand - reserved) FROM stock_level WHERE stock_level.item_id = item.id)
    + coalesce((SELECT sum(quantity) FROM overdue WHERE overdue.item_id = item.id), 0)`;

/** Conditions on a row of `level` with its `item`, in a statement that begins with `OVERDUE`. */
export const stockFilters = ({ itemId, locationId, low }: StockFilters): Sql[] =>
  filters(
    itemId !== undefined && sql`level.item_id = ${itemId}`,
    locationId !== undefined && sql`level.location_id = ${locationId}`,
    low === true && IS_LOW,
    low === false && sql`(${IS_LOW}) IS NOT TRUE`,
  );
