import { api, responseData } from '../../api/client.ts';
import { findItemByCode } from '../code-lookup.ts';
import type { ItemName } from '../item-picker.tsx';

/** What one entry has come to. */
export type Found = { item: ItemName; quantity: string } | { item?: never; isArchived: boolean };

/** `12*4006381333931`: how many, and of what. */
const WITH_QUANTITY = /^(\d{1,10})\s*\*\s*(\S.*)$/;

/** A scanned code, a few letters, or either after a quantity and `*`. The item is the one with the code, else the best match. */
export async function findEntry(text: string): Promise<Found> {
  const words = text.trim();
  const exact = await findItemByCode(words);
  if (exact.item) return { item: exact.item, quantity: '1' };
  const [, quantity, rest] = WITH_QUANTITY.exec(words) ?? [];
  const counted = quantity === undefined ? undefined : await findItemByCode(rest!);
  const item = counted?.item ?? (await findBest(rest ?? words));
  if (item) return { item, quantity: quantity ?? '1' };
  return { isArchived: (counted ?? exact).isArchived === true };
}

export async function searchItems(q: string, signal?: AbortSignal): Promise<ItemName[]> {
  const query = { q, limit: 8 };
  const { items } = await responseData(api.GET('/api/v1/items', { params: { query }, ...(signal && { signal }) }));
  return items.map(({ id, sku, name }) => ({ id, sku, name }));
}

/** The words without a quantity before them. */
export const wordsOf = (text: string): string => WITH_QUANTITY.exec(text.trim())?.[2] ?? text.trim();

const findBest = async (q: string): Promise<ItemName | undefined> => (await searchItems(q.slice(0, 200)))[0];

export interface PastedRow {
  code: string;
  /** As it stands in the spreadsheet. */
  quantity: string;
}

/** Rows of a spreadsheet: codes, and beside them quantities. Undefined: the text is not of this kind. */
export function parseRows(text: string): PastedRow[] | undefined {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  if (lines.length < 2 && !text.includes('\t')) return undefined;
  return lines.map((line) => {
    const [code = '', quantity = ''] = line.split('\t');
    return { code: code.trim(), quantity: quantity.trim() || '1' };
  });
}
