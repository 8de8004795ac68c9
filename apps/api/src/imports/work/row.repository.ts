import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Queryable } from '../../database/database.ts';
import type { Change } from '../rows/evaluate-rows.ts';
import type { RowError } from '../rows/row.ts';

/** An item as a dry run would have left it. */
export interface DryRunItem {
  key: string;
  barcode: string | null;
  attributes: string[];
}

/** What an import writes about its rows. */
@Injectable()
export class RowRepository {
  async addErrors(tx: Queryable, importId: string, errors: RowError[]): Promise<void> {
    if (errors.length === 0) return;
    await tx.query(sql`
      INSERT INTO import_error (import_id, line, no, column_name, reason)
      SELECT ${importId}, line, n, column_name, reason
      FROM unnest(${errors.map(({ line }) => line)}::bigint[], ${errors.map(({ column }) => column)}::text[],
        ${errors.map(({ reason }) => reason)}::text[]) WITH ORDINALITY AS error(line, column_name, reason, n)`);
  }

  /** Those of these items, or with these barcodes, that the dry run has been at. */
  findDryRunItems(tx: Queryable, importId: string, keys: string[], barcodes: string[]): Promise<DryRunItem[]> {
    return tx.query(sql`
      SELECT sku_key AS key, barcode, attributes FROM import_seen
      WHERE import_id = ${importId} AND (sku_key = ANY(${keys}::text[]) OR barcode = ANY(${barcodes}::text[]))`);
  }

  async saveDryRunItems(tx: Queryable, importId: string, changes: Change[]): Promise<void> {
    const attributes = changes.map(({ fields }) => JSON.stringify(Object.keys(fields.attributes ?? {})));
    await tx.query(sql`
      INSERT INTO import_seen (import_id, sku_key, barcode, attributes)
      SELECT ${importId}, key, barcode, ARRAY(SELECT jsonb_array_elements_text(attributes))
      FROM unnest(${changes.map(({ key }) => key)}::text[], ${changes.map(({ fields }) => fields.barcode ?? null)}::text[],
        ${attributes}::jsonb[]) AS change(key, barcode, attributes)
      ON CONFLICT (import_id, sku_key) DO UPDATE
      SET barcode = coalesce(excluded.barcode, import_seen.barcode),
          attributes = ARRAY(SELECT DISTINCT unnest(import_seen.attributes || excluded.attributes))`);
  }

  async removeDryRunItems(tx: Queryable, importId: string): Promise<void> {
    await tx.query(sql`DELETE FROM import_seen WHERE import_id = ${importId}`);
  }
}
