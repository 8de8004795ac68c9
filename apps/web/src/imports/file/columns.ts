/** The columns that mean something to an import, as libs/contracts has them; a test compares. Any other one becomes an attribute. */
export const knownColumns = [
  'sku', 'name', 'description', 'barcode', 'category', 'unit', 'unitCost', 'reorderPoint', 'attributes', 'location', 'quantity',
] as const; // prettier-ignore

export type KnownColumn = (typeof knownColumns)[number];

export interface Column {
  /** As the file calls it. */
  name: string;
  /** Undefined: it becomes an attribute. */
  field: KnownColumn | undefined;
}

const fields = new Map(knownColumns.map((name) => [name.toLowerCase(), name]));

/** Known columns are known in any case. */
export const columnOf = (name: string): Column => ({ name: name.trim(), field: fields.get(name.trim().toLowerCase()) });
