import type { BulkItem } from '../../catalog/bulk-catalog.ts';

/** What a row says of its item; undefined: nothing. */
export type Fields = BulkItem['fields'];

/** What could be read of a row. */
export interface ItemRow {
  line: number;
  /** Empty where it is missing or wrong. */
  sku: string;
  fields: Fields;
  location?: string;
  quantity?: number;
}

export interface RowError {
  line: number;
  /** The heading. Empty where the row as a whole is wrong. */
  column: string;
  reason: string;
}

/** A row checked in itself. With any error, nothing of it is done. */
export interface CheckedRow {
  row: ItemRow;
  /** As the file has them, to be corrected. */
  cells: string[];
  errors: RowError[];
}
