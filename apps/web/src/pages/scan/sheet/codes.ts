import { answerOf, api } from '../../../api/client.ts';
import type { ItemName } from '../../../stock/item-picker.tsx';

/** Whose code it is. */
export interface Found {
  item?: ItemName;
  isArchived?: boolean;
}

/** Codes that were looked up on this page: scanned again, they need no API. */
const known = new Map<string, ItemName>();

/** By barcode, then by SKU. */
export async function itemOf(code: string): Promise<Found> {
  const item = known.get(code) ?? (await first({ barcode: code })) ?? (await first({ sku: code }));
  if (item) known.set(code, item);
  if (item) return { item };
  const archived = (await first({ barcode: code, archived: true })) ?? (await first({ sku: code, archived: true }));
  return { isArchived: archived !== undefined };
}

/** Longer ones no item has, and the API does not take. */
const LONGEST = 64;

async function first(query: { barcode?: string; sku?: string; archived?: boolean }): Promise<ItemName | undefined> {
  if ((query.barcode ?? query.sku ?? '').length > LONGEST) return undefined;
  const { items } = await answerOf(api.GET('/api/v1/items', { params: { query: { ...query, limit: 1 } } }));
  return items[0] && { id: items[0].id, sku: items[0].sku, name: items[0].name };
}
