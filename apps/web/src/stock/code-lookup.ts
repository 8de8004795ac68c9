import { responseData, api } from '../api/client.ts';
import { FNC1, parseElementString } from './gs1.ts';
import type { ItemName } from './item-picker.tsx';

/** Whose code it is. */
export interface CodeLookup {
  item?: ItemName;
  isArchived?: boolean;
  /** As people read it. */
  code: string;
  /** How many pieces the label says that there are. */
  quantity?: number | undefined;
}

/** Codes that were looked up on this page: scanned again, they need no API. */
const itemsByCode = new Map<string, ItemName>();

/** By barcode, then by SKU; of a GS1 element string, by the GTIN in it. */
export async function findItemByCode(code: string): Promise<CodeLookup> {
  const item = itemsByCode.get(code) ?? (await findFirst({ barcode: code })) ?? (await findFirst({ sku: code }));
  if (item) itemsByCode.set(code, item);
  if (item) return { item, code };
  const label = mayBeElementString(code) ? parseElementString(code) : undefined;
  if (label) return { ...(await findItemByCode(label.gtin)), code: label.text, quantity: label.quantity };
  const archived =
    (await findFirst({ barcode: code, archived: true })) ?? (await findFirst({ sku: code, archived: true }));
  return { isArchived: archived !== undefined, code };
}

/** It begins with a symbology identifier, with FNC1, or with the GTIN that most begin with. */
const mayBeElementString = (code: string): boolean =>
  code.startsWith(FNC1) || /^(?:\](?:C1|e0|d2|Q3|J1)|0[12]\d{14}|\(0[12]\)\d{14})/.test(code);

/** The GTIN of an element string as people read it; else the code itself. */
export const barcodeOf = (code: string): string => /^\(0[12]\)0?(\d{13,14})(?=\(|$)/.exec(code)?.[1] ?? code;

/** Longer ones no item has, and the API does not take. */
const MAX_CODE_LENGTH = 64;

async function findFirst(query: { barcode?: string; sku?: string; archived?: boolean }): Promise<ItemName | undefined> {
  const code = query.barcode ?? query.sku ?? '';
  if (code.length > MAX_CODE_LENGTH || code.includes(FNC1)) return undefined;
  const { items } = await responseData(api.GET('/api/v1/items', { params: { query: { ...query, limit: 1 } } }));
  return items[0] && { id: items[0].id, sku: items[0].sku, name: items[0].name };
}
