import { Injectable } from '@nestjs/common';
import sql, { empty, raw } from 'sql-template-tag';
import { type ItemReference, type ListStock, MAX_ALLOCATED_LOCATIONS } from '#contracts';
import { Database, type Queryable, type TransactionOptions } from '../../database/database.ts';
import { caseFolded } from '../../database/case-folded.ts';
import { readPage, parseSort } from '../../lists/keyset.ts';
import type { StockKey } from '../ledger/posting.ts';
import type { AllocatableItem } from './allocatable-item.ts';
import { codesOf, idsOf, skusOf } from './references.ts';
import { OVERDUE, stockFilters } from './stock-filters.ts';
import { type Hold, stockKeyOf, type Level, Levels } from './level.ts';

interface LockedRow {
  n: string;
  itemId: string;
  sku: string;
  name: string;
  locationId: string;
  code: string;
  onHand: string;
  reserved: string;
}

/** What is known of a place that has no level. */
export interface ResolvedKey {
  item: { id: string; sku: string; name: string; archived: boolean } | null;
  location: { id: string; code: string; archived: boolean } | null;
  /** Whether the level exists: then another transaction held its lock. */
  exists: boolean;
}

/** A level is created while movements wait for it, so that it must not wait long for its item or location itself. */
const CREATION: TransactionOptions = { waitMs: 500 };

@Injectable()
export class LevelRepository {
  constructor(private readonly database: Database) {}

  /**
   * Locks the levels of these places, in the one order that all transactions take them in, so that none waits for one
   * that waits for it. Places without a level are not among the result. Follow it with `timesAndOverdue`.
   */
  async lock(
    tx: Queryable,
    places: StockKey[],
    { skipLocked = false }: { skipLocked?: boolean } = {},
  ): Promise<Levels> {
    const wanted = [...new Map(places.map((place) => [stockKeyOf(place), place])).entries()];
    const rows = await tx.query<LockedRow>(sql`
      SELECT wanted.n, item.id AS "itemId", item.sku, item.name, location.id AS "locationId", location.code,
             level.on_hand AS "onHand", level.reserved
      FROM ${keyRows(wanted.map(([, place]) => place))}
      CROSS JOIN LATERAL (
        SELECT id, sku, name FROM item WHERE id = wanted.item_id
        UNION ALL SELECT id, sku, name FROM item WHERE sku_key = ${caseFolded(sql`wanted.sku`)}
      ) item
      CROSS JOIN LATERAL (
        SELECT id, code FROM location WHERE id = wanted.location_id
        UNION ALL SELECT id, code FROM location WHERE code_key = ${caseFolded(sql`wanted.code`)}
      ) location
      JOIN stock_level level ON level.item_id = item.id AND level.location_id = location.id
      ORDER BY level.item_id, level.location_id FOR UPDATE OF level ${skipLocked ? raw('SKIP LOCKED') : empty}`);
    const levels = new Levels();
    for (const { n, itemId, sku, name, locationId, code, onHand, reserved } of rows) {
      levels.add(wanted[Number(n) - 1]![0], {
        item: { id: itemId, sku, name },
        location: { id: locationId, code },
        onHand: Number(onHand),
        reserved: Number(reserved),
        exists: true,
      });
    }
    return levels;
  }

  /**
   * The transaction's time and that of the server's clock, as JSON text, and what overdue reservations hold on paper. A
   * statement of its own, begun when the levels are locked: an older snapshot could count a hold that was swept since.
   */
  timesAndOverdue(tx: Queryable): Promise<{ now: string; clock: string; overdue: Hold[] }> {
    return tx.one<{ now: string; clock: string; overdue: Hold[] }>(sql`
      SELECT to_json(now()::timestamptz(3)) #>> '{}' AS now, to_json(clock_timestamp()::timestamptz(3)) #>> '{}' AS clock,
             coalesce((SELECT json_agg(json_build_object('itemId', item_id, 'locationId', location_id, 'quantity', quantity)) FROM overdue_hold), '[]') AS overdue`);
  }

  /** What the places are whose level was not found, in order. */
  async resolve(db: Queryable, places: StockKey[]): Promise<ResolvedKey[]> {
    return db.query<ResolvedKey>(sql`
      SELECT item.json AS item, location.json AS location,
             EXISTS (SELECT FROM stock_level WHERE item_id = item.id AND location_id = location.id) AS exists
      FROM ${keyRows(places)}
      LEFT JOIN LATERAL (
        SELECT id, json_build_object('id', id, 'sku', sku, 'name', name, 'archived', archived_at IS NOT NULL) AS json
        FROM item WHERE id = wanted.item_id OR sku_key = ${caseFolded(sql`wanted.sku`)}
      ) item ON true
      LEFT JOIN LATERAL (
        SELECT id, json_build_object('id', id, 'code', code, 'archived', archived_at IS NOT NULL) AS json
        FROM location WHERE id = wanted.location_id OR code_key = ${caseFolded(sql`wanted.code`)}
      ) location ON true
      ORDER BY wanted.n`);
  }

  /**
   * Where items may be, for lines that name no location: in the order of the locations' codes, of each item those that have
   * most. Not locked. @returns for each, in order; null where there is no such item
   */
  async findLocations(items: ItemReference[]): Promise<(AllocatableItem | null)[]> {
    if (items.length === 0) return [];
    const rows = await this.database.query<{ n: string } & AllocatableItem>(sql`
      SELECT wanted.n, item.id, item.sku, ARRAY(
        SELECT most.id FROM (
          SELECT location.id, location.code_key FROM stock_level level JOIN location ON location.id = level.location_id
          WHERE level.item_id = item.id AND level.on_hand > 0
          ORDER BY level.on_hand - level.reserved DESC, location.code_key LIMIT ${raw(String(MAX_ALLOCATED_LOCATIONS))}
        ) most ORDER BY most.code_key
      ) AS "locationIds"
      FROM unnest(${idsOf(items)}::uuid[],
                  ${skusOf(items)}::text[]) WITH ORDINALITY AS wanted(id, sku, n)
      JOIN item ON item.id = wanted.id OR item.sku_key = ${caseFolded(sql`wanted.sku`)}`);
    const byNumber = new Map(rows.map(({ n, ...item }) => [Number(n), item]));
    return items.map((_, n) => byNumber.get(n + 1) ?? null);
  }

  /** Makes empty levels, in a transaction of its own: it holds items and locations, which no holder of levels ever waits for. */
  async createLevels(places: { itemId: string; locationId: string }[]): Promise<void> {
    const itemIds = places.map(({ itemId }) => itemId);
    const locationIds = places.map(({ locationId }) => locationId);
    await this.database.transaction(async (tx) => {
      await tx.query(sql`SELECT 1 FROM item WHERE id = ANY(${itemIds}::uuid[]) ORDER BY id FOR SHARE`);
      await tx.query(sql`SELECT 1 FROM location WHERE id = ANY(${locationIds}::uuid[]) ORDER BY id FOR SHARE`);
      await tx.query(sql`
        INSERT INTO stock_level (item_id, location_id)
        SELECT DISTINCT item.id, location.id
        FROM unnest(${itemIds}::uuid[], ${locationIds}::uuid[]) AS wanted(item_id, location_id)
        JOIN item ON item.id = wanted.item_id AND item.archived_at IS NULL
        JOIN location ON location.id = wanted.location_id AND location.archived_at IS NULL
        ORDER BY item.id, location.id
        ON CONFLICT DO NOTHING`);
    }, CREATION);
  }

  /** Makes the levels that are missing and locks all, in their order. The caller holds the items and locations. */
  async lockAll(tx: Queryable, keys: { itemId: string; locationId: string }[]): Promise<void> {
    await tx.query(sql`
      INSERT INTO stock_level (item_id, location_id) SELECT item_id, location_id FROM ${wantedKeys(keys)}
      ORDER BY item_id, location_id ON CONFLICT DO NOTHING`);
    await tx.query(sql`
      SELECT 1 FROM stock_level level JOIN ${wantedKeys(keys)} USING (item_id, location_id)
      ORDER BY level.item_id, level.location_id FOR UPDATE OF level`);
  }

  /**
   * Levels with their history; a level that is not there is 0.
   * @param ownMovements movements that do not count for `hasMovements`
   */
  async findAll(tx: Queryable, keys: { itemId: string; locationId: string }[], ownMovements: string[]) {
    const rows = await tx.query<{ itemId: string; locationId: string; onHand: string; hasMovements: boolean }>(sql`
      SELECT item_id AS "itemId", location_id AS "locationId", coalesce(level.on_hand, 0) AS "onHand",
             EXISTS (
               SELECT FROM movement_line line WHERE line.item_id = wanted.item_id AND line.location_id = wanted.location_id
                 AND line.movement_seq NOT IN (SELECT seq FROM movement WHERE id = ANY(${ownMovements}::uuid[]))
             ) AS "hasMovements"
      FROM ${wantedKeys(keys)} LEFT JOIN stock_level level USING (item_id, location_id)`);
    return rows.map((row) => ({ ...row, onHand: Number(row.onHand) }));
  }

  /** For each of the items, its levels, and what these movements changed them by. The caller holds the items. */
  async lockOf(tx: Queryable, itemIds: string[], movementIds: string[]) {
    await tx.query(sql`
      SELECT 1 FROM stock_level WHERE item_id = ANY(${itemIds}::uuid[]) ORDER BY item_id, location_id FOR UPDATE`);
    const rows = await tx.query<{
      itemId: string;
      locationId: string;
      onHand: string;
      reserved: string;
      own: string;
      since: boolean;
    }>(sql`
      WITH own AS MATERIALIZED (SELECT seq FROM movement WHERE id = ANY(${movementIds}::uuid[]))
      SELECT level.item_id AS "itemId", level.location_id AS "locationId", level.on_hand AS "onHand", level.reserved,
             coalesce(sum(line.delta) FILTER (WHERE line.movement_seq IN (SELECT seq FROM own)), 0) AS own,
             coalesce(bool_or(line.movement_seq > (SELECT min(seq) FROM own) AND line.movement_seq NOT IN (SELECT seq FROM own)), false) AS since
      FROM stock_level level
      LEFT JOIN movement_line line ON line.item_id = level.item_id AND line.location_id = level.location_id
        AND line.movement_seq >= (SELECT min(seq) FROM own)
      WHERE level.item_id = ANY(${itemIds}::uuid[])
      GROUP BY level.item_id, level.location_id`);
    return rows.map(({ onHand, reserved, own, ...row }) => ({
      ...row, onHand: Number(onHand), reserved: Number(reserved), own: Number(own),
    })); // prettier-ignore
  }

  /** Takes away the levels of items that are to be archived. */
  async removeEmpty(tx: Queryable, itemIds: string[]): Promise<void> {
    await tx.query(
      sql`DELETE FROM stock_level WHERE item_id = ANY(${itemIds}::uuid[]) AND on_hand = 0 AND reserved = 0`,
    );
  }

  /** Writes what is on hand after the last line of each level, and makes levels that are missing. The caller holds the locks. */
  async put(tx: Queryable, lines: { itemId: string; locationId: string; onHandAfter: number }[]): Promise<void> {
    const last = [...new Map(lines.map((line) => [line.itemId + line.locationId, line])).values()];
    await tx.query(sql`
      INSERT INTO stock_level (item_id, location_id, on_hand)
      SELECT * FROM unnest(${last.map(({ itemId }) => itemId)}::uuid[], ${last.map(({ locationId }) => locationId)}::uuid[],
                           ${last.map(({ onHandAfter }) => onHandAfter)}::bigint[]) AS line(item_id, location_id, on_hand)
      ORDER BY item_id, location_id
      ON CONFLICT (item_id, location_id) DO UPDATE SET on_hand = excluded.on_hand, updated_at = now()`);
  }

  /**
   * Writes what is on hand, and adds to what is reserved on paper. The caller holds the locks.
   * @param levels each with what is added to its reserved quantity
   */
  async save(tx: Queryable, levels: Map<Level, number>): Promise<void> {
    const changed = [...levels].map(([{ item, location, onHand }, reserved]) => ({ item: item.id, location: location.id, onHand, reserved })); // prettier-ignore
    await tx.query(sql`
      UPDATE stock_level
      SET on_hand = changed.on_hand, reserved = stock_level.reserved + changed.reserved, updated_at = now()
      FROM unnest(${changed.map(({ item }) => item)}::uuid[], ${changed.map(({ location }) => location)}::uuid[],
                  ${changed.map(({ onHand }) => onHand)}::bigint[], ${changed.map(({ reserved }) => reserved)}::bigint[])
           AS changed(item_id, location_id, on_hand, reserved)
      WHERE stock_level.item_id = changed.item_id AND stock_level.location_id = changed.location_id`);
  }

  /** Adds to, or with negative numbers takes off, what is reserved on paper. The caller holds the locks. */
  async addReserved(tx: Queryable, changes: Hold[]): Promise<void> {
    await tx.query(sql`
      UPDATE stock_level SET reserved = stock_level.reserved + changed.quantity, updated_at = now()
      FROM (
        SELECT item_id, location_id, sum(quantity)::bigint AS quantity
        FROM unnest(${changes.map(({ itemId }) => itemId)}::uuid[], ${changes.map(({ locationId }) => locationId)}::uuid[],
                    ${changes.map(({ quantity }) => quantity)}::bigint[]) AS line(item_id, location_id, quantity)
        GROUP BY item_id, location_id
      ) changed
      WHERE stock_level.item_id = changed.item_id AND stock_level.location_id = changed.location_id`);
  }

  list(query: ListStock): Promise<string> {
    const { descending } = parseSort(query.sort ?? 'sku');
    return readPage(this.database, query, {
      with: OVERDUE,
      from: sql`FROM stock_level level JOIN item ON item.id = level.item_id`,
      where: stockFilters(query),
      columns: sql`level.*, item.sku, item.name`,
      keys: [
        { column: sql`item.sku_key`, type: 'text' },
        { column: sql`level.location_id`, type: 'uuid' },
      ],
      descending,
      order: query.sort ?? 'sku',
      resource: RESOURCE,
    });
  }
}

export const keyRows = (places: StockKey[]) => {
  const [items, locations] = [places.map(({ item }) => item), places.map(({ location }) => location)];
  return sql`
  unnest(${idsOf(items)}::uuid[], ${skusOf(items)}::text[], ${idsOf(locations)}::uuid[], ${codesOf(locations)}::text[])
  WITH ORDINALITY AS wanted(item_id, sku, location_id, code, n)`;
};

const RESOURCE = sql`
  SELECT json_build_object('id', page.item_id, 'sku', page.sku, 'name', page.name) AS item,
         (SELECT json_build_object('id', id, 'code', code) FROM location WHERE id = page.location_id) AS location,
         page.on_hand AS "onHand", held.reserved, page.on_hand - held.reserved AS available, page.updated_at AS "updatedAt"
  FROM (SELECT page.reserved - coalesce((
    SELECT quantity FROM overdue WHERE overdue.item_id = page.item_id AND overdue.location_id = page.location_id), 0) AS reserved) held`;

const wantedKeys = (keys: { itemId: string; locationId: string }[]) => sql`unnest(
  ${keys.map(({ itemId }) => itemId)}::uuid[], ${keys.map(({ locationId }) => locationId)}::uuid[]) AS wanted(item_id, location_id)`;
