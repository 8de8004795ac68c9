import sql from 'sql-template-tag';
import { SYSTEM_ACTOR } from '../access/caller.ts';
import type { Database, Queryable } from '../database/database.ts';
import { writeHistory, writeReservations } from '../stock/history-writer.ts';
import { type DemoShop, simulateYear, locations } from './simulate-year.ts';

const SEED = 20_240;
const HOUR = 3_600_000;

/**
 * Fills an empty database with the sample shop, in one transaction.
 * @param now where its year ends. Default: the present
 * @returns false, with nothing changed, where there are items already
 */
export function seedDemo(database: Database, now = new Date()): Promise<boolean> {
  return database.transaction(async (tx) => {
    // A second seed command at the same time waits here, and then finds items.
    await tx.query(sql`LOCK TABLE item IN SHARE ROW EXCLUSIVE MODE`);
    if (await tx.first(sql`SELECT 1 AS found FROM item LIMIT 1`)) return false;
    await write(tx, simulateYear(SEED, now), now);
    return true;
  });
}

async function write(tx: Queryable, shop: DemoShop, now: Date): Promise<void> {
  const itemIds = await insertItems(tx, shop);
  const locationIds = await insertLocations(tx, shop);
  const place = (sku: string, code: string) => ({ itemId: itemIds.get(sku)!, locationId: locationIds.get(code)! });
  await writeHistory(
    tx,
    SYSTEM_ACTOR,
    shop.movements.map(({ type, at, reference, note = null, reverses, lines }) => ({
      type,
      at,
      reference,
      note,
      reverses: reverses ? shop.movements.indexOf(reverses) : null,
      lines: lines.map(({ sku, location, delta, reason = null }) => ({ ...place(sku, location), delta, reason })),
    })),
  );
  await writeReservations(
    tx,
    SYSTEM_ACTOR,
    shop.reservations.map(({ reference, hours, lines }) => ({
      reference,
      expiresAt: new Date(now.getTime() + hours * HOUR),
      lines: lines.map(({ sku, quantity }) => ({ ...place(sku, 'SHOP'), quantity })),
    })),
  );
}

/** @returns the ids by SKU */
async function insertItems(tx: Queryable, { items, since }: DemoShop): Promise<Map<string, string>> {
  const rows = await tx.query<{ sku: string; id: string }>(sql`
    INSERT INTO item (id, sku, name, barcode, category, unit, unit_cost, reorder_point, attributes, created_at, updated_at)
    SELECT uuidv7(${since.toISOString()}::timestamptz - now()), sku, name, barcode, category, unit, "unitCost", "reorderPoint", attributes,
           ${since.toISOString()}::timestamptz, ${since.toISOString()}::timestamptz
    FROM json_to_recordset(${JSON.stringify(items)}::json) AS item(
      sku text, name text, barcode text, category text, unit text, "unitCost" bigint, "reorderPoint" bigint, attributes jsonb)
    RETURNING sku, id`);
  return new Map(rows.map(({ sku, id }) => [sku, id]));
}

/** MAIN is there already. @returns the ids by code */
async function insertLocations(tx: Queryable, { since }: DemoShop): Promise<Map<string, string>> {
  const rows = await tx.query<{ code: string; id: string }>(sql`
    INSERT INTO location (id, code, name, created_at, updated_at)
    SELECT uuidv7(${since.toISOString()}::timestamptz - now()), code, name, ${since.toISOString()}::timestamptz, ${since.toISOString()}::timestamptz
    FROM json_to_recordset(${JSON.stringify(locations)}::json) AS location(code text, name text)
    ON CONFLICT (code_key) DO UPDATE SET archived_at = NULL
    RETURNING upper(location.code) AS code, id`);
  return new Map(rows.map(({ code, id }) => [code, id]));
}
