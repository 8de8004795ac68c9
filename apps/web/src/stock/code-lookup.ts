import { responseData, api } from '../api/client.ts';
import type { ItemName } from './item-picker.tsx';

/** Whose code it is. */
export interface CodeLookup {
  item?: ItemName;
  isArchived?: boolean;
}

/** Codes that were looked up on this page: scanned again, they need no API. */
const itemsByCode = new Map<string, ItemName>();

/** By barcode, then by SKU. */
export async function findItemByCode(code: string): Promise<CodeLookup> {
  const item = itemsByCode.get(code) ?? (await findFirst({ barcode: code })) ?? (await findFirst({ sku: code }));
  if (item) itemsByCode.set(code, item);
  if (item) return { item };
  const archived =
    (await findFirst({ barcode: code, archived: true })) ?? (await findFirst({ sku: code, archived: true }));
  return { isArchived: archived !== undefined };
}

/** Longer ones no item has, and the API does not take. */
const MAX_CODE_LENGTH = 64;

async function findFirst(query: { barcode?: string; sku?: string; archived?: boolean }): Promise<ItemName | undefined> {
  if ((query.barcode ?? query.sku ?? '').length > MAX_CODE_LENGTH) return undefined;
  const { items } = await responseData(api.GET('/api/v1/items', { params: { query: { ...query, limit: 1 } } }));
  return items[0] && { id: items[0].id, sku: items[0].sku, name: items[0].name };
}
