import { api, responseData, type Schema } from '../api/client.ts';
import type { Item } from './items.ts';

export type BulkChanges = Omit<Schema['ItemChange'], 'id' | 'version'>;

/** How many items one request changes: small enough that a person sees how far it is. */
export const CHANGES_AT_ONCE = 200;

export interface BulkResult {
  changed: Item[];
  failures: { item: Item; reason: string }[];
}

/** Changes many items: what fails is told, and holds nothing else up. @param onProgress how many are dealt with */
export async function changeItems(
  items: readonly Item[],
  changes: BulkChanges,
  onProgress: (done: number) => void,
): Promise<BulkResult> {
  const result: BulkResult = { changed: [], failures: [] };
  for (let from = 0; from < items.length; from += CHANGES_AT_ONCE) {
    const some = items.slice(from, from + CHANGES_AT_ONCE);
    const body = { items: some.map(({ id, version }) => ({ id, version, ...changes })) };
    const response = await responseData(api.PATCH('/api/v1/items', { body }));
    response.items.forEach(({ item, reason }, n) => {
      if (item) result.changed.push(item);
      else result.failures.push({ item: some[n]!, reason: reason ?? '' });
    });
    onProgress(from + some.length);
  }
  return result;
}
