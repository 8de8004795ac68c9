import { pool, serve } from './bare-server.ts';

// The first page of 20 items with their stock totals: one prepared statement whose JSON PostgreSQL builds, and which
// says all that the API's page says.
const TEXT = `
  WITH overdue AS MATERIALIZED (SELECT item_id, sum(quantity) AS quantity FROM overdue_hold GROUP BY item_id)
  SELECT json_build_object('items', json_agg(row_to_json(resource)), 'nextCursor', max(resource.sku))::text AS page
  FROM (
    SELECT id, sku, name, description, barcode, category, unit, unit_cost AS "unitCost", reorder_point AS "reorderPoint",
           attributes, archived_at AS "archivedAt", version, created_at AS "createdAt", updated_at AS "updatedAt",
           on_hand AS "onHand", held AS reserved, on_hand - held AS available
    FROM (SELECT * FROM item WHERE archived_at IS NULL ORDER BY sku_key LIMIT 20) item
    CROSS JOIN LATERAL (
      SELECT sum(on_hand)::bigint AS on_hand,
             (sum(reserved) - coalesce((SELECT quantity FROM overdue WHERE overdue.item_id = item.id), 0))::bigint AS held
      FROM stock_level WHERE stock_level.item_id = item.id
    ) stock
  ) resource`;

serve(200, async () => (await pool.query<{ page: string }>({ name: 'page', text: TEXT })).rows[0]!.page);
