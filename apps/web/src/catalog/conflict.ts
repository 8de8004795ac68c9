import { responseData, api } from '../api/client.ts';
import type { Item, ItemChanges } from './items.ts';

/** An edit that came too late: as it was when it began, as it is now, and what was typed. */
export interface Conflict {
  base: Item;
  theirs: Item;
  changes: ItemChanges;
}

export async function loadConflict(base: Item, changes: ItemChanges): Promise<Conflict> {
  const theirs = await responseData(api.GET('/api/v1/items/{id}', { params: { path: { id: base.id } } }));
  return { base, theirs, changes };
}
