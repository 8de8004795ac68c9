import { type ItemsSearch, parseItemsSearch } from '../search.ts';

/** Filters and order of the items page, under a name. */
export interface View {
  name: string;
  search: ItemsSearch;
}

/** In characters. */
export const MAX_NAME = 50;
export const MAX_VIEWS = 50;

const keyOf = (userId: string) => `stockroom.item-views.${userId}`;

/** What the person has saved in this browser, by name. What cannot be read counts as not saved. */
export function readViews(userId: string): View[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.filter(isNamed).map(({ name, search }) => ({ name, search: parseItemsSearch({ ...search }) }));
  } catch {
    return [];
  }
}

const isNamed = (value: unknown): value is { name: string; search?: object } =>
  typeof (value as Partial<View> | null)?.name === 'string';

/** @throws DOMException where the browser stores nothing, or no more */
export function writeViews(userId: string, views: View[]): void {
  localStorage.setItem(keyOf(userId), JSON.stringify(views));
}

/** The same words, filters and order, in whatever sequence the address names them. */
export const isSame = (one: ItemsSearch, other: ItemsSearch): boolean => asText(one) === asText(other);

const asText = (search: ItemsSearch) => JSON.stringify(Object.entries(search).sort(([a], [b]) => (a < b ? -1 : 1)));
