import sql from 'sql-template-tag';
import type { Queryable, ReadSource } from '../database/database.ts';

/**
 * Parts of `WITH …` for reports on the whole of the stock. Reports read the tables of the other parts, and never write: one
 * statement sees one moment, and adds up where the rows are.
 */

/** Held on paper only: never counted as reserved. */
export const OVERDUE = sql`
  overdue AS MATERIALIZED (SELECT item_id, sum(quantity)::bigint AS quantity FROM overdue_hold GROUP BY item_id)`;

/** What each item has, over all locations; goes after `OVERDUE`. Materialized, else parallel workers each work it out whole. */
export const PER_ITEM = sql`
  per_item AS MATERIALIZED (
    SELECT level.item_id, level.on_hand, level.reserved - coalesce(overdue.quantity, 0) AS reserved
    FROM (SELECT item_id, sum(on_hand)::bigint AS on_hand, sum(reserved)::bigint AS reserved FROM stock_level GROUP BY item_id) level
    LEFT JOIN overdue ON overdue.item_id = level.item_id
  )`;

/** Runs a report that adds up every level: with this much memory 100,000 items are hashed, where 4 MB would sort them on disk. */
export const withReportMemory = <T>(source: ReadSource, report: (tx: Queryable) => Promise<T>): Promise<T> =>
  source.transaction(async (tx) => {
    await tx.query(sql`SET LOCAL work_mem = '32MB'`);
    return report(tx);
  });
