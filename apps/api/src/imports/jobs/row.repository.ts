import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { barcodeKey } from '../../catalog/barcode-key.ts';
import { Database, type Queryable } from '../../database/database.ts';
import type { Change } from '../rows/evaluate-rows.ts';
import type { CheckedRow, RowError } from '../rows/row.ts';

/** An item as a dry run would have left it. */
export interface DryRunItem {
  key: string;
  barcode: string | null;
  attributes: string[];
}

/** What an import writes about its rows. */
@Injectable()
export class RowRepository {
  constructor(private readonly database: Database) {}

  /** @param after how many of the same line there are already */
  async addErrors(tx: Queryable, importId: string, errors: RowError[], after = 0): Promise<void> {
    if (errors.length === 0) return;
    await tx.query(sql`
      INSERT INTO import_error (import_id, line, no, column_name, reason)
      SELECT ${importId}, line, n + ${after}, column_name, reason
      FROM unnest(${errors.map(({ line }) => line)}::bigint[], ${errors.map(({ column }) => column)}::text[],
        ${errors.map(({ reason }) => storable(reason))}::text[]) WITH ORDINALITY AS error(line, column_name, reason, n)`);
  }

  /** Keeps rows that were left out as the file has them. */
  async addFailed(tx: Queryable, importId: string, rows: CheckedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(sql`
      INSERT INTO import_failed_row (import_id, line, cells)
      SELECT ${importId}, line, ARRAY(SELECT json_array_elements_text(cells))
      FROM unnest(${rows.map(({ row }) => row.line)}::bigint[],
        ${rows.map(({ cells }) => JSON.stringify(cells.map(storable)))}::json[]) AS row(line, cells)`);
  }

  /** By line. */
  async corrections(importId: string): Promise<Map<number, string[]>> {
    const rows = await this.database.query<{ line: string; cells: string[] }>(
      sql`SELECT line, cells FROM import_correction WHERE import_id = ${importId}`,
    );
    return new Map(rows.map(({ line, cells }) => [Number(line), cells]));
  }

  /** Those of these items, or with these barcodes, that the dry run has been at. */
  findDryRunItems(tx: Queryable, importId: string, keys: string[], barcodes: string[]): Promise<DryRunItem[]> {
    return tx.query(sql`
      SELECT sku_key AS key, barcode, attributes FROM import_seen
      WHERE import_id = ${importId} AND (sku_key = ANY(${keys}::text[]) OR barcode = ANY(${barcodes.map(barcodeKey)}::text[]))`);
  }

  async saveDryRunItems(tx: Queryable, importId: string, changes: Change[]): Promise<void> {
    const attributes = changes.map(({ fields }) => JSON.stringify(Object.keys(fields.attributes ?? {})));
    await tx.query(sql`
      INSERT INTO import_seen (import_id, sku_key, barcode, attributes)
      SELECT ${importId}, key, barcode, ARRAY(SELECT jsonb_array_elements_text(attributes))
      FROM unnest(${changes.map(({ key }) => key)}::text[], ${changes.map(({ fields }) => (fields.barcode === undefined ? null : barcodeKey(fields.barcode)))}::text[],
        ${attributes}::jsonb[]) AS change(key, barcode, attributes)
      ON CONFLICT (import_id, sku_key) DO UPDATE
      SET barcode = coalesce(excluded.barcode, import_seen.barcode),
          attributes = ARRAY(SELECT DISTINCT unnest(import_seen.attributes || excluded.attributes))`);
  }

  async removeDryRunItems(tx: Queryable, importId: string): Promise<void> {
    await tx.query(sql`DELETE FROM import_seen WHERE import_id = ${importId}`);
  }
}

/** PostgreSQL's text holds neither null bytes nor lone surrogates. */
const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();
