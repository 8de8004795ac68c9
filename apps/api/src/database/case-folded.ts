import sql, { type RawValue, type Sql } from 'sql-template-tag';

/**
 * A text as the key columns `sku_key` and `code_key` hold it: normalised and case-folded, and in the collation of their
 * indexes, of which PostgreSQL uses none for a comparison in another collation.
 */
export const caseFolded = (text: RawValue): Sql => sql`fold_text(${text}) COLLATE "C"`;

/** The same for `barcode_key`: a GTIN is one number, with however many digits it is written. */
export const barcodeFolded = (text: RawValue): Sql => sql`barcode_key(${text}) COLLATE "C"`;

/** The id of the item that has this barcode, or NULL. */
export const itemWithBarcode = (text: RawValue): Sql =>
  sql`(SELECT item_id FROM item_barcode WHERE key = ${barcodeFolded(text)})`;
