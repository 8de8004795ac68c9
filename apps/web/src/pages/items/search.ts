const SORTS = ['sku', '-sku', 'name', '-name', 'createdAt', '-createdAt'] as const;

/** The filters of the items page, as the URL holds them. */
export interface ItemsSearch {
  q?: string;
  category?: string;
  noCost?: true;
  archived?: true;
  sort?: (typeof SORTS)[number];
}

export function parseItemsSearch({ q, category, noCost, archived, sort }: Record<string, unknown>): ItemsSearch {
  const words = textOf(q);
  const group = textOf(category);
  const order = SORTS.find((known) => known === sort);
  return {
    ...(words && { q: words }),
    ...(group && { category: group }),
    ...(noCost === true && { noCost }),
    ...(archived === true && { archived }),
    ...(order && { sort: order }),
  };
}

/** The router reads `?q=12` as a number. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) || undefined : undefined;

/** Undefined: no longer narrowed by it. */
export type FilterChanges = { [K in keyof ItemsSearch]: ItemsSearch[K] | undefined };

export const withFilters = (search: ItemsSearch, changes: FilterChanges): ItemsSearch =>
  Object.fromEntries(Object.entries({ ...search, ...changes }).filter(([, value]) => value !== undefined));
