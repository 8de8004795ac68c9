import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import type { CreateItem, ListItems, UpdateItem } from '#contracts';
import { Database, type Queryable } from '../database/database.ts';
import { barcodeFolded, caseFolded } from '../database/case-folded.ts';
import type { Resource } from '../http/json-response.ts';
import { etagOf } from '../http/etag.ts';
import { filters, type Key, readPage, parseSort } from '../lists/keyset.ts';
import { UPDATED_BY } from './versioned-row.ts';
import { VersionedTable } from './versioned-table.ts';
import { searchItems } from './item-search.ts';

const table = new VersionedTable<CreateItem>('item', {
  sku: 'sku', name: 'name', description: 'description', barcode: 'barcode', category: 'category', unit: 'unit',
  unitCost: 'unit_cost', reorderPoint: 'reorder_point', attributes: 'attributes',
}); // prettier-ignore

const keys: Record<'sku' | 'name' | 'createdAt', Key[]> = {
  sku: [{ column: sql`item.sku_key`, type: 'text' }],
  name: [{ column: sql`item.name_key`, type: 'text' }, { column: sql`item.id`, type: 'uuid' }],
  createdAt: [{ column: sql`item.id`, type: 'uuid' }],
}; // prettier-ignore

/** Reservations whose time is over still have rows that hold stock: their sum is subtracted once for the whole page. */
const OVERDUE = sql`WITH overdue AS MATERIALIZED (SELECT item_id, sum(quantity) AS quantity FROM overdue_hold GROUP BY item_id)`;

/** One row of `page` as the contract's `Item`, its stock summed over locations. */
const RESOURCE = sql`
  SELECT page.id, page.sku, page.name, page.description, page.barcode, page.category, page.unit, page.unit_cost AS "unitCost",
         page.reorder_point AS "reorderPoint", page.attributes, page.archived_at AS "archivedAt", page.version,
         page.created_at AS "createdAt", page.updated_at AS "updatedAt",
         ${UPDATED_BY},
         stock.on_hand AS "onHand", stock.reserved AS reserved, stock.on_hand - stock.reserved AS available
  FROM (
    SELECT coalesce(sum(on_hand), 0)::bigint AS on_hand,
           (coalesce(sum(reserved), 0) - coalesce((SELECT quantity FROM overdue WHERE overdue.item_id = page.id), 0))::bigint AS reserved
    FROM stock_level WHERE stock_level.item_id = page.id
  ) stock`;

/** Of one row of `item`, summed over locations. */
const AVAILABLE = sql`(
  (SELECT coalesce(sum(on_hand - reserved), 0) FROM stock_level WHERE stock_level.item_id = item.id)
  + coalesce((SELECT quantity FROM overdue WHERE overdue.item_id = item.id), 0))`;

/** The condition of a flag in the query: it holds, it does not hold, or it does not matter. */
const isWanted = (flag: boolean | undefined, condition: Sql): Sql | false =>
  flag !== undefined && (flag ? condition : sql`NOT (${condition})`);

@Injectable()
export class ItemRepository {
  constructor(private readonly database: Database) {}

  /** @throws unique violation `item_sku_taken`, `item_barcode_taken` */
  insert(tx: Queryable, actorId: string, item: CreateItem): Promise<string> {
    return table.insert(tx, actorId, item);
  }

  /** @throws unique violation `item_sku_taken`, `item_barcode_taken` */
  update(tx: Queryable, actorId: string, id: string, changes: UpdateItem): Promise<void> {
    return table.update(tx, actorId, id, changes);
  }

  archive(tx: Queryable, actorId: string, id: string): Promise<void> {
    return table.archive(tx, actorId, id);
  }

  async find(id: string, db: Queryable = this.database): Promise<Resource | undefined> {
    const row = await db.first<{ json: string; version: number; onHand: string; reserved: string }>(sql`
      ${OVERDUE}
      SELECT row_to_json(resource)::text AS json, resource.version, resource."onHand", resource.reserved
      FROM item page CROSS JOIN LATERAL (${RESOURCE}) resource WHERE page.id = ${id}`);
    return row && { json: row.json, etag: etagOf(row.version, row.onHand, row.reserved) };
  }

  async list(query: ListItems): Promise<string> {
    const { field, descending } = parseSort(query.sort ?? 'sku');
    const where = filters(
      query.archived ? sql`item.archived_at IS NOT NULL` : sql`item.archived_at IS NULL`,
      query.sku !== undefined && sql`item.sku_key = ${caseFolded(query.sku)}`,
      query.barcode !== undefined && sql`item.barcode_key = ${barcodeFolded(query.barcode)}`,
      query.category !== undefined && sql`item.category = ${query.category}`,
      isWanted(query.noCost, sql`item.unit_cost IS NULL`),
      isWanted(query.noBarcode, sql`item.barcode IS NULL`),
      isWanted(query.low, sql`coalesce(${AVAILABLE} <= item.reorder_point, false)`),
      isWanted(query.out, sql`${AVAILABLE} <= 0`),
      query.locationId !== undefined &&
        sql`EXISTS (SELECT FROM stock_level WHERE item_id = item.id AND location_id = ${query.locationId} AND on_hand > 0)`,
    );
    const list = { with: OVERDUE, columns: sql`item.*`, resource: RESOURCE };
    if (query.q !== undefined) return searchItems(this.database, query, { ...list, where });
    return readPage(this.database, query, {
      ...list,
      from: sql`FROM item`,
      where,
      keys: keys[field],
      descending,
      order: query.sort ?? 'sku',
    });
  }
}
