import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { ListLowStock } from '#contracts';
import { Database } from '../database/database.ts';
import { filters, type Key, readPage } from '../lists/keyset.ts';
import { OVERDUE } from './whole-stock.ts';

const SKU: Key = { column: sql`item.sku_key`, type: 'text' };
/** Negated, so that the largest comes first while all keys go upwards. */
const SHORTAGE: Key = { column: sql`(stock.available - item.reorder_point)`, type: 'bigint' };

const STOCK = sql`
  SELECT coalesce(sum(on_hand), 0)::bigint AS on_hand,
         coalesce(sum(on_hand - reserved), 0)::bigint + coalesce(overdue.quantity, 0) AS available
  FROM stock_level WHERE stock_level.item_id = item.id`;

@Injectable()
export class LowStockRepository {
  constructor(private readonly database: Database) {}

  /** A page of the contract's `LowItem`. */
  list(query: ListLowStock): Promise<string> {
    const order = query.sort ?? '-shortage';
    return readPage(this.database.source(query.consistency ?? 'eventual'), query, {
      with: sql`WITH ${OVERDUE}`,
      from: sql`FROM item LEFT JOIN overdue ON overdue.item_id = item.id CROSS JOIN LATERAL (${STOCK}) stock`,
      where: filters(
        sql`item.archived_at IS NULL`,
        sql`stock.available <= item.reorder_point`,
        query.category !== undefined && sql`item.category = ${query.category}`,
      ),
      keys: order === 'sku' ? [SKU] : [SHORTAGE, SKU],
      descending: false,
      order,
      columns: sql`item.*, stock.*`,
      resource: sql`
        SELECT json_build_object('id', page.id, 'sku', page.sku, 'name', page.name) AS item, page.category, page.unit,
               page.reorder_point AS "reorderPoint", page.on_hand AS "onHand", page.on_hand - page.available AS reserved,
               page.available, page.reorder_point - page.available AS shortage`,
    });
  }
}
