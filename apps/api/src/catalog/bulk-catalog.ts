import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Queryable } from '../database/database.ts';
import { caseFolded, itemWithBarcode } from '../database/case-folded.ts';
import { barcodeKey } from './barcode-key.ts';

/** The identity of an item that several rows may name. */
export interface KnownItem {
  id: string;
  /** Its SKU as SKUs are compared. */
  key: string;
  barcodes: string[];
  archived: boolean;
  version: number;
  /** The names of its attributes. */
  attributes: string[];
}

/** An item that is made, or changed; undefined: its default, or as it is. */
export interface BulkItem {
  id: string;
  sku: string;
  fields: {
    name?: string;
    description?: string;
    barcode?: string;
    /** Those after the first. */
    moreBarcodes?: string[];
    category?: string;
    unit?: string;
    unitCost?: number;
    reorderPoint?: number;
    attributes?: Record<string, string>;
  };
}

/** An item after a change, and what it was before. */
export interface ChangedItem {
  id: string;
  version: number;
  before: object;
}

/** The interface of the catalog for parts that change thousands of items at once: each method is one statement, whatever their number. */
@Injectable()
export class BulkCatalog {
  /** SKUs as the database compares them: ASCII is folded here, the rest of Unicode by the database. */
  async foldSkus(tx: Queryable, skus: string[]): Promise<string[]> {
    if (skus.every(isAscii)) return skus.map((sku) => sku.toLowerCase());
    const rows = await tx.query<{ key: string }>(sql`
      SELECT fold_text(sku) AS key FROM unnest(${skus}::text[]) WITH ORDINALITY AS wanted(sku, n) ORDER BY n`);
    return rows.map(({ key }) => key);
  }

  /** Locks them in the order of their ids, as every transaction does that locks several: they cannot deadlock. */
  lockBySku(tx: Queryable, keys: string[]): Promise<KnownItem[]> {
    return tx.query(sql`
      SELECT id, sku_key AS key, all_barcodes(barcode, more_barcodes) AS barcodes, archived_at IS NOT NULL AS archived, version,
             CASE WHEN attributes = '{}' THEN '{}' ELSE ARRAY(SELECT jsonb_object_keys(attributes)) END AS attributes
      FROM item WHERE sku_key = ANY(${keys}::text[]) ORDER BY id FOR NO KEY UPDATE`);
  }

  /** By `barcodeKey`, the key of the item that has it. */
  async findByBarcode(tx: Queryable, barcodes: string[]): Promise<Map<string, string>> {
    if (barcodes.length === 0) return new Map();
    const rows = await tx.query<{ barcode: string; key: string }>(sql`
      SELECT wanted.barcode, sku_key AS key
      FROM unnest(${barcodes}::text[]) AS wanted(barcode) JOIN item ON item.id = ${itemWithBarcode(sql`wanted.barcode`)}`);
    return new Map(rows.map(({ barcode, key }) => [barcodeKey(barcode), key]));
  }

  /** Locations by their codes, in any case, held so that none is archived meanwhile. */
  async lockLocations(tx: Queryable, codes: string[]): Promise<Map<string, { id: string; archived: boolean }>> {
    if (codes.length === 0) return new Map();
    const rows = await tx.query<{ code: string; id: string; archived: boolean }>(sql`
      SELECT wanted.code, location.id, location.archived_at IS NOT NULL AS archived
      FROM unnest(${codes}::text[]) AS wanted(code) JOIN location ON location.code_key = ${caseFolded(sql`wanted.code`)}
      ORDER BY location.id FOR SHARE OF location`);
    return new Map(rows.map(({ code, id, archived }) => [code, { id, archived }]));
  }

  /** @throws unique violation `item_sku_taken`, `item_barcode_taken` */
  async insert(tx: Queryable, actorId: string, items: BulkItem[]): Promise<void> {
    if (items.length === 0) return;
    await tx.query(sql`
      INSERT INTO item (id, sku, name, description, barcode, more_barcodes, category, unit, unit_cost, reorder_point, attributes, updated_by)
      SELECT id, sku, name, coalesce(description, ''), ${BARCODES_OF_CHANGED}[1], ${BARCODES_OF_CHANGED}[2:], category, coalesce(unit, 'each'), unit_cost, reorder_point,
             coalesce(attributes, '{}'), ${actorId}::uuid
      FROM ${rowsOf(items)} ORDER BY ${caseFolded(sql`sku`)}`);
  }

  /**
   * Changes the fields that are given and differ; attributes are merged. The caller has locked them.
   * @returns those that differed, as they were
   * @throws unique violation `item_barcode_taken`
   */
  async update(tx: Queryable, actorId: string, items: BulkItem[]): Promise<ChangedItem[]> {
    if (items.length === 0) return [];
    return tx.query<ChangedItem>(sql`
      UPDATE item
      SET name = next.name, description = next.description, barcode = next.barcodes[1], more_barcodes = next.barcodes[2:], category = next.category,
          unit = next.unit, unit_cost = next.unit_cost, reorder_point = next.reorder_point, attributes = next.attributes,
          version = version + 1, updated_at = now(), updated_by = ${actorId}
      FROM (
        SELECT old.id, coalesce(changed.name, old.name) AS name, coalesce(changed.description, old.description) AS description,
               distinct_barcodes(all_barcodes(coalesce(changed.barcode, old.barcode), coalesce(changed.more_barcodes, old.more_barcodes))) AS barcodes,
               coalesce(changed.category, old.category) AS category,
               coalesce(changed.unit, old.unit) AS unit, coalesce(changed.unit_cost, old.unit_cost) AS unit_cost,
               coalesce(changed.reorder_point, old.reorder_point) AS reorder_point,
               old.attributes || coalesce(changed.attributes, '{}') AS attributes
        FROM ${rowsOf(items)} JOIN item old ON old.id = changed.id
      ) next
      WHERE item.id = next.id
        AND (item.name, item.description, item.barcode, item.more_barcodes, item.category, item.unit, item.unit_cost, item.reorder_point, item.attributes)
          IS DISTINCT FROM
            (next.name, next.description, next.barcodes[1], next.barcodes[2:], next.category, next.unit, next.unit_cost, next.reorder_point, next.attributes)
      RETURNING new.id, new.version, json_build_object('name', old.name, 'description', old.description, 'barcode', old.barcode, 'moreBarcodes', old.more_barcodes,
        'category', old.category, 'unit', old.unit, 'unitCost', old.unit_cost, 'reorderPoint', old.reorder_point,
        'attributes', old.attributes) AS before`);
  }

  /** Gives items back what they were before a change. The caller has locked them. @throws unique violation `item_barcode_taken` */
  async restore(tx: Queryable, actorId: string, items: Pick<ChangedItem, 'id' | 'before'>[]): Promise<void> {
    if (items.length === 0) return;
    await tx.query(sql`
      UPDATE item
      SET name = was.name, description = was.description, barcode = was.barcode,
          more_barcodes = coalesce(was."moreBarcodes", '{}'), category = was.category, unit = was.unit,
          unit_cost = was."unitCost", reorder_point = was."reorderPoint", attributes = was.attributes,
          version = version + 1, updated_at = now(), updated_by = ${actorId}
      FROM unnest(${items.map(({ id }) => id)}::uuid[], ${items.map(({ before }) => JSON.stringify(before))}::jsonb[]) AS wanted(id, before)
      CROSS JOIN LATERAL jsonb_to_record(wanted.before) AS was(
        name text, description text, barcode text, "moreBarcodes" text[], category text, unit text, "unitCost" bigint, "reorderPoint" bigint, attributes jsonb)
      WHERE item.id = wanted.id`);
  }

  /** Archives items that have neither stock nor reservations. The caller has locked and checked them. */
  async archive(tx: Queryable, actorId: string, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.query(sql`
      UPDATE item SET archived_at = now(), version = version + 1, updated_at = now(), updated_by = ${actorId}
      WHERE id = ANY(${ids}::uuid[])`);
  }

  /** Locks items by their ids, in that order. */
  async lockIds(
    tx: Queryable,
    ids: string[],
  ): Promise<{ id: string; sku: string; version: number; archived: boolean }[]> {
    return tx.query(sql`
      SELECT id, sku, version, archived_at IS NOT NULL AS archived FROM item WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`);
  }
}

const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text);

/** The items as rows of `changed`. */
const rowsOf = (items: BulkItem[]) => {
  const column = <K extends keyof BulkItem['fields']>(name: K) => items.map(({ fields }) => fields[name] ?? null);
  return sql`(SELECT id, sku, name, description, barcode,
    CASE WHEN more IS NOT NULL THEN ARRAY(SELECT jsonb_array_elements_text(more)) END AS more_barcodes,
    category, unit, unit_cost, reorder_point, attributes FROM unnest(
    ${items.map(({ id }) => id)}::uuid[], ${items.map(({ sku }) => sku)}::text[], ${column('name')}::text[],
    ${column('description')}::text[], ${column('barcode')}::text[], ${items.map(({ fields }) => fields.moreBarcodes && JSON.stringify(fields.moreBarcodes))}::jsonb[], ${column('category')}::text[], ${column('unit')}::text[],
    ${column('unitCost')}::bigint[], ${column('reorderPoint')}::bigint[],
    ${items.map(({ fields }) => fields.attributes && JSON.stringify(fields.attributes))}::jsonb[]
  ) AS row(id, sku, name, description, barcode, more, category, unit, unit_cost, reorder_point, attributes)) changed`;
};

const BARCODES_OF_CHANGED = sql`(distinct_barcodes(all_barcodes(changed.barcode, coalesce(changed.more_barcodes, '{}'))))`;
