import type { ImportColumn } from '#contracts';
import { headingKey } from './headings.ts';

/** The export file of another system: its columns are known, so that none of the others needs a question. */
export interface KnownExport {
  /** Columns that together tell it. */
  signature: string[];
  fields: Partial<Record<ImportColumn, string[]>>;
  /** Rows that share this column belong to one product, whose other rows leave these columns empty. */
  group?: { by: string; inherited: string[] };
}

const knownExports: KnownExport[] = [
  {
    // Shopify, products: the options of a product follow its first row, and images have rows of their own.
    signature: ['Handle', 'Title', 'Variant SKU'],
    fields: {
      sku: ['Variant SKU'], name: ['Title'], description: ['Body (HTML)'], barcode: ['Variant Barcode'], category: ['Type', 'Product Category'],
      unitCost: ['Cost per item'], quantity: ['Variant Inventory Qty'],
    }, // prettier-ignore
    group: { by: 'Handle', inherited: ['Title', 'Body (HTML)', 'Vendor', 'Type', 'Product Category', 'Status'] },
  },
  {
    // Shopify, inventory.
    signature: ['Handle', 'Title', 'SKU', 'Location'],
    fields: {
      sku: ['SKU'],
      name: ['Title'],
      location: ['Location'],
      quantity: ['On hand (current)', 'On hand', 'Available'],
    },
    group: { by: 'Handle', inherited: ['Title'] },
  },
  {
    // WooCommerce, products.
    signature: ['SKU', 'Name', 'Is featured?', 'Visibility in catalog'],
    fields: {
      sku: ['SKU'], name: ['Name'], description: ['Description', 'Short description'], barcode: ['GTIN, UPC, EAN, or ISBN'], category: ['Categories'],
      unitCost: ['Cost of goods'], reorderPoint: ['Low stock amount'], quantity: ['Stock'],
    }, // prettier-ignore
  },
  {
    // Square, items. Quantities have the location's name in the heading.
    signature: ['Token', 'Item Name', 'Variation Name', 'SKU'],
    fields: {
      sku: ['SKU'], name: ['Item Name'], description: ['Description'], barcode: ['GTIN'], category: ['Category', 'Categories', 'Reporting Category'],
      unitCost: ['Default Unit Cost'], reorderPoint: ['Stock Alert Count*'], quantity: ['Current Quantity*'],
    }, // prettier-ignore
  },
];

/** The export that the file is, by its headings. */
export function knownExportOf(headings: string[]): KnownExport | undefined {
  const keys = new Set(headings.map(headingKey));
  return knownExports.find(({ signature }) => signature.every((heading) => keys.has(headingKey(heading))));
}

/** By the position of the column, the field that it is in such a file. Of several names the first that is there counts. */
export function fieldsOfExport({ fields }: KnownExport, headings: string[]): Map<number, ImportColumn> {
  const keys = headings.map(headingKey);
  const found = new Map<number, ImportColumn>();
  for (const [field, names] of Object.entries(fields)) {
    for (const name of names) {
      const key = headingKey(name);
      const at = keys.findIndex((own) => (name.endsWith('*') ? own.startsWith(key) : own === key));
      if (at === -1) continue;
      found.set(at, field as ImportColumn);
      break;
    }
  }
  return found;
}
