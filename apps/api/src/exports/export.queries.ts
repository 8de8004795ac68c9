import sql from 'sql-template-tag';

// Cells hold what is stored, to the letter: a text that begins like a formula is not defused, or the file could not be
// imported again unchanged.

/**
 * The columns of an import, without location and quantity: to load this file must not book stock twice. Attributes are
 * one JSON column: a column for each would need all their names before the first row.
 */
export const itemRows = sql`
  SELECT sku, name, nullif(description, '') AS description, barcode, category, unit, unit_cost AS "unitCost", reorder_point AS "reorderPoint",
         nullif(attributes, '{}') AS attributes
  FROM item WHERE archived_at IS NULL ORDER BY sku_key`;

/** RFC 3339. */
const time = (column: ReturnType<typeof sql>) => sql`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export const stockRows = sql`
  SELECT item.sku, location.code AS location, level.on_hand AS "onHand", held.reserved,
         level.on_hand - held.reserved AS available, ${time(sql`level.updated_at`)} AS "updatedAt"
  FROM stock_level level
  JOIN item ON item.id = level.item_id
  JOIN location ON location.id = level.location_id
  LEFT JOIN overdue_hold overdue ON overdue.item_id = level.item_id AND overdue.location_id = level.location_id
  CROSS JOIN LATERAL (SELECT level.reserved - coalesce(overdue.quantity, 0) AS reserved) held
  ORDER BY item.sku_key, location.code_key`;

export const movementRows = sql`
  SELECT movement.id, movement.type, movement.reference, movement.note, reversed.id AS reverses, actor.name AS "createdBy",
         ${time(sql`movement.created_at`)} AS "createdAt", line.line_no AS line, item.sku, location.code AS location, line.delta,
         line.on_hand_after AS "onHandAfter", line.reason
  FROM movement
  JOIN movement_line line ON line.movement_seq = movement.seq
  JOIN item ON item.id = line.item_id
  JOIN location ON location.id = line.location_id
  JOIN actor ON actor.id = movement.actor_id
  LEFT JOIN movement reversed ON reversed.seq = movement.reverses
  ORDER BY movement.seq, line.line_no`;
