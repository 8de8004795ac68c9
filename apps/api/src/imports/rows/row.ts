import type { BulkItem } from '../../catalog/bulk-item.repository.ts';

/** What a row says of its item; undefined: nothing. */
export type Fields = BulkItem['fields'];

/** A row that is right in itself. */
export interface ItemRow {
  line: number;
  sku: string;
  fields: Fields;
  location?: string;
  quantity?: number;
}

export interface RowError {
  line: number;
  /** Empty where the row as a whole is wrong. */
  column: string;
  reason: string;
}
