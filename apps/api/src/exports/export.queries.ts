import sql, { raw, type Sql } from 'sql-template-tag';
import { barcodesCell } from '../catalog/barcode-list.ts';
import { OVERDUE as OVERDUE_OF_ITEMS } from '../catalog/item-filters.ts';
import { OVERDUE } from '../stock/levels/stock-filters.ts';

/** How an export writes its cells. */
export interface ExportFormat {
  /** Decimals of an amount in the deployment's currency. */
  scale: number;
  /** For a spreadsheet program: a byte order mark, and no cell that it takes for a formula. Default: as it is stored. */
  spreadsheet: boolean;
}

/** Texts that begin so are formulas to a spreadsheet program (OWASP, "CSV Injection"), full-width forms included. */
const FORMULA = '^[-=+@\t\r\n\uff0d\uff1d\uff0b\uff20]';

/** Cells of free text. */
const textWith =
  ({ spreadsheet }: ExportFormat) =>
  (column: string): Sql =>
    spreadsheet
      ? sql`CASE WHEN ${raw(column)} ~ ${FORMULA} THEN '''' || ${raw(column)} ELSE ${raw(column)} END`
      : raw(column);

/** The first heading; before it the byte order mark, by which a spreadsheet program knows UTF-8. */
const first = (name: string, { spreadsheet }: ExportFormat): Sql => raw(`"${spreadsheet ? '\ufeff' : ''}${name}"`);

/** RFC 3339. */
const time = (column: string): Sql => raw(`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** Minor units as an amount: 450 of USD is 4.50. */
const money = (column: string, { scale }: ExportFormat): Sql =>
  raw(`round(${column}::numeric / ${10 ** scale}, ${scale})`);

/**
 * The columns of an import, without location and quantity: to load this file must not book stock. Attributes are one JSON
 * column: a column for each would need all their names before the first row.
 */
export function itemRows(format: ExportFormat, where: Sql): Sql {
  const text = textWith(format);
  return sql`
    ${OVERDUE_OF_ITEMS}
    SELECT ${text('item.sku')} AS ${first('sku', format)}, ${text('item.name')} AS name, ${text("nullif(item.description, '')")} AS description,
           ${text('item.barcode')} AS barcode, ${text(barcodesCell('item.more_barcodes'))} AS "moreBarcodes",
           ${text('item.category')} AS category, ${text('item.unit')} AS unit,
           ${money('item.unit_cost', format)} AS "unitCost", item.reorder_point AS "reorderPoint", nullif(item.attributes, '{}') AS attributes
    FROM item ${where} ORDER BY item.sku_key`;
}

export function stockRows(format: ExportFormat, where: Sql): Sql {
  const text = textWith(format);
  return sql`
    ${OVERDUE}
    SELECT ${text('item.sku')} AS ${first('sku', format)}, ${text('location.code')} AS location, level.on_hand AS "onHand", held.reserved,
           level.on_hand - held.reserved AS available, ${time('level.updated_at')} AS "updatedAt"
    FROM stock_level level
    JOIN item ON item.id = level.item_id
    JOIN location ON location.id = level.location_id
    LEFT JOIN overdue ON overdue.item_id = level.item_id AND overdue.location_id = level.location_id
    CROSS JOIN LATERAL (SELECT level.reserved - coalesce(overdue.quantity, 0) AS reserved) held
    ${where} ORDER BY item.sku_key, location.code_key`;
}

export function movementRows(format: ExportFormat, where: Sql): Sql {
  const text = textWith(format);
  return sql`
    SELECT movement.id AS ${first('id', format)}, movement.type, ${text('movement.reference')} AS reference, ${text('movement.note')} AS note,
           reversed.id AS reverses, ${text('actor.name')} AS "createdBy", ${time('movement.created_at')} AS "createdAt",
           line.line_no AS line, ${text('item.sku')} AS sku, ${text('location.code')} AS location, line.delta,
           line.on_hand_after AS "onHandAfter", ${text('line.reason')} AS reason
    FROM movement
    JOIN movement_line line ON line.movement_seq = movement.seq
    JOIN item ON item.id = line.item_id
    JOIN location ON location.id = line.location_id
    JOIN actor ON actor.id = movement.actor_id
    LEFT JOIN movement reversed ON reversed.seq = movement.reverses
    ${where} ORDER BY movement.seq, line.line_no`;
}

/** A row for each field that changed, and one for a change without any, such as archiving. */
export function auditRows(format: ExportFormat): Sql {
  const text = textWith(format);
  const value = (index: 0 | 1): Sql => text(`(change.value ->> ${index})`);
  return sql`
    SELECT entry.id AS ${first('id', format)}, ${time('uuid_extract_timestamp(entry.id)')} AS "createdAt", entry.actor_id AS "actorId",
           ${text('actor.name')} AS "createdBy", entry.session_id AS "sessionId", entry.address, entry.import_id AS "importId", entry.action,
           entry.subject_kind AS "subjectKind", entry.subject_id AS "subjectId", change.key AS field, ${value(0)} AS "from", ${value(1)} AS "to"
    FROM audit_entry entry
    JOIN actor ON actor.id = entry.actor_id
    LEFT JOIN LATERAL jsonb_each(entry.changes) change ON true
    ORDER BY entry.id, change.key`;
}
