import { api, responseData } from '../../api/client.ts';
import { findItemByCode } from '../code-lookup.ts';
import type { ItemName } from '../item-picker.tsx';

/** What one entry has come to. */
export type Found = { item: ItemName; quantity: string } | { item?: never; isArchived: boolean };

/** `12*4006381333931`: how many, exactly as it was typed, and of what. */
const WITH_QUANTITY = /^([^*]+)\*(.*\S.*)$/;

export function splitEntry(text: string): { quantity: string; words: string } {
  const [, quantity, words] = WITH_QUANTITY.exec(text.trim()) ?? [];
  return words === undefined
    ? { quantity: '1', words: text.trim() }
    : { quantity: quantity!.trim(), words: words.trim() };
}

/** A scanned code, a few letters, or either after a quantity and `*`. The item is the one with the code, else the best match. */
export async function findEntry(text: string): Promise<Found> {
  const exact = await findItemByCode(text.trim());
  if (exact.item) return { item: exact.item, quantity: String(exact.quantity ?? 1) };
  const { quantity, words } = splitEntry(text);
  const byCode = words === text.trim() ? exact : await findItemByCode(words);
  const item = byCode.item ?? (await findBest(words));
  return item ? { item, quantity } : { isArchived: byCode.isArchived === true };
}

export async function searchItems(q: string, signal?: AbortSignal) {
  const query = { q, limit: 8 };
  return (await responseData(api.GET('/api/v1/items', { params: { query }, ...(signal && { signal }) }))).items;
}

/** As long as the shortest GTIN. A number like this is no beginning of a word. */
const GTIN = /^\d{8,}$/;

/**
 * The search also finds what is only like the words. For a person who chooses that is a help, but an unknown code must
 * not stand for the item that has nearly the same one.
 */
async function findBest(words: string): Promise<ItemName | undefined> {
  if (GTIN.test(words)) return undefined;
  const [best] = await searchItems(words.slice(0, 200));
  const text = best && folded(`${best.sku} ${best.name} ${best.barcodes.join(' ')} ${best.category ?? ''}`);
  return text !== undefined &&
    folded(words)
      .split(/\s+/)
      .every((word) => text.includes(word))
    ? best
    : undefined;
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export interface PastedRow {
  code: string;
  /** As it stands in the spreadsheet. */
  quantity: string;
}

/** Rows of a spreadsheet: codes, and beside them quantities; one of each where there is no such column. Undefined: the text is not of this kind. */
export function parseRows(text: string): PastedRow[] | undefined {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const hasQuantities = text.includes('\t');
  if (lines.length < 2 && !hasQuantities) return undefined;
  return lines.map((line) => {
    const [code = '', quantity = ''] = line.split('\t');
    return { code: code.trim(), quantity: hasQuantities ? quantity.trim() : '1' };
  });
}
