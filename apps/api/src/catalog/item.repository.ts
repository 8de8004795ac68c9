import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Item, ItemOrder, ListItems } from '#contracts';
import { Database, type Queryable } from '../database/database.ts';
import type { Resource } from '../http/json-response.ts';
import { etagOf } from '../http/etag.ts';
import { type Key, readPage, parseSort } from '../lists/keyset.ts';
import { UPDATED_BY } from './versioned-row.ts';
import { VersionedTable } from './versioned-table.ts';
import { itemFilters, OVERDUE } from './item-filters.ts';
import { searchItems } from './item-search.ts';
import { barcodeWarnings, type ItemFields } from './barcodes.ts';

const table = new VersionedTable<ItemFields>('item', {
  sku: 'sku', name: 'name', description: 'description', barcode: 'barcode', moreBarcodes: 'more_barcodes', category: 'category', unit: 'unit',
  unitCost: 'unit_cost', reorderPoint: 'reorder_point', attributes: 'attributes', photo: 'photo',
}); // prettier-ignore

const SKU: Key = { column: sql`item.sku_key`, type: 'text' };
const ID: Key = { column: sql`item.id`, type: 'uuid' };

const keys: Record<ItemOrder, Key[]> = {
  sku: [SKU],
  name: [{ column: sql`item.name_key`, type: 'text' }, ID],
  createdAt: [ID],
  updatedAt: [{ column: sql`item.updated_at`, type: 'timestamptz' }, ID],
  reorderPoint: [{ column: sql`coalesce(item.reorder_point, -1)`, type: 'bigint' }, SKU],
  onHand: [{ column: sql`coalesce(total.on_hand, 0)`, type: 'bigint' }, SKU],
  available: [{ column: sql`(coalesce(total.available, 0) + coalesce(overdue.quantity, 0))`, type: 'bigint' }, SKU],
};

/** With what each item has over all locations. It is added up for every item: no index has it. */
const FROM_TOTALS = sql`
  FROM item
  LEFT JOIN (
    SELECT item_id, sum(on_hand)::bigint AS on_hand, sum(on_hand - reserved)::bigint AS available FROM stock_level GROUP BY item_id
  ) total ON total.item_id = item.id
  LEFT JOIN overdue ON overdue.item_id = item.id`;

/** One row of `page` as the contract's `Item`, its stock summed over locations. */
const RESOURCE = sql`
  SELECT page.id, page.sku, page.name, page.description, page.barcode, all_barcodes(page.barcode, page.more_barcodes) AS barcodes, page.category, page.unit, page.unit_cost AS "unitCost",
         page.reorder_point AS "reorderPoint", page.attributes, page.photo, page.archived_at AS "archivedAt", page.version,
         page.created_at AS "createdAt", page.updated_at AS "updatedAt",
         ${UPDATED_BY},
         stock.on_hand AS "onHand", stock.reserved AS reserved, stock.on_hand - stock.reserved AS available
  FROM (
    SELECT coalesce(sum(on_hand), 0)::bigint AS on_hand,
           (coalesce(sum(reserved), 0) - coalesce((SELECT quantity FROM overdue WHERE overdue.item_id = page.id), 0))::bigint AS reserved
    FROM stock_level WHERE stock_level.item_id = page.id
  ) stock`;

@Injectable()
export class ItemRepository {
  constructor(private readonly database: Database) {}

  /** @throws unique violation `item_sku_taken`, `item_barcode_taken` */
  insert(tx: Queryable, actorId: string, item: ItemFields): Promise<string> {
    return table.insert(tx, actorId, item);
  }

  /** @throws unique violation `item_sku_taken`, `item_barcode_taken` */
  update(
    tx: Queryable,
    actorId: string,
    id: string,
    changes: Partial<ItemFields> & { archived?: false },
  ): Promise<void> {
    return table.update(tx, actorId, id, changes);
  }

  archive(tx: Queryable, actorId: string, id: string): Promise<void> {
    return table.archive(tx, actorId, id);
  }

  /** Locks items against other changes of their own fields, in the order of their ids. */
  async lock(tx: Queryable, ids: string[]): Promise<void> {
    await tx.query(sql`SELECT 1 FROM item WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`);
  }

  async find(id: string, db: Queryable = this.database): Promise<Resource | undefined> {
    const row = await db.first<{ json: string; version: number; onHand: string; reserved: string }>(sql`
      ${OVERDUE}
      SELECT row_to_json(resource)::text AS json, resource.version, resource."onHand", resource.reserved
      FROM item page CROSS JOIN LATERAL (${RESOURCE}) resource WHERE page.id = ${id}`);
    return row && { json: withWarnings(row.json), etag: etagOf(row.version, row.onHand, row.reserved) };
  }

  async barcodesOf(tx: Queryable, id: string): Promise<string[]> {
    const row = await tx.one<{ barcodes: string[] }>(
      sql`SELECT all_barcodes(barcode, more_barcodes) AS barcodes FROM item WHERE id = ${id}`,
    );
    return row.barcodes;
  }

  list(query: ListItems): Promise<string> {
    const order = query.sort ?? 'sku';
    const { field, descending } = parseSort(order);
    const list = { with: OVERDUE, columns: sql`item.*`, resource: RESOURCE, where: itemFilters(query) };
    if (query.q !== undefined) return searchItems(this.database, query, list);
    const from = field === 'onHand' || field === 'available' ? FROM_TOTALS : sql`FROM item`;
    return readPage(this.database, query, { ...list, from, keys: keys[field], descending, order });
  }
}

/** The JSON of an item with what is most likely a mistake in it. */
function withWarnings(json: string): string {
  const warnings = barcodeWarnings((JSON.parse(json) as Item).barcodes);
  return warnings.length === 0 ? json : `${json.slice(0, -1)},"warnings":${JSON.stringify(warnings)}}`;
}
