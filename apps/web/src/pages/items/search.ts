/** Columns that the list can be sorted by. */
export const SORTED = ['sku', 'name', 'onHand', 'available', 'reorderPoint'] as const;
export type SortedColumn = (typeof SORTED)[number];
/** `-`: descending. */
export type Sort = SortedColumn | `-${SortedColumn}`;

const SORTS: readonly Sort[] = SORTED.flatMap((column) => [column, `-${column}` as const]);

/** Filters that are on or off. */
export const FLAGS = ['low', 'out', 'noCost', 'noBarcode', 'archived'] as const;
export type Flag = (typeof FLAGS)[number];

/** The filters of the items page, as the URL holds them. */
export interface ItemsSearch extends Partial<Record<Flag, true>> {
  q?: string;
  category?: string;
  /** Items of which some are on hand at this location. */
  locationId?: string;
  sort?: Sort;
}

export function parseItemsSearch(search: Record<string, unknown>): ItemsSearch {
  const words = textOf(search.q);
  const group = textOf(search.category);
  const order = SORTS.find((known) => known === search.sort);
  const flags = FLAGS.filter((flag) => search[flag] === true).map((flag) => [flag, true] as const);
  return {
    ...(words && { q: words }),
    ...(group && { category: group }),
    ...(typeof search.locationId === 'string' && UUID.test(search.locationId) && { locationId: search.locationId }),
    ...(Object.fromEntries(flags) as Partial<Record<Flag, true>>),
    ...(order && { sort: order }),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether anything but words narrows the list. */
export const isFiltered = (search: ItemsSearch): boolean =>
  search.category !== undefined || search.locationId !== undefined || FLAGS.some((flag) => search[flag]);

/** The router reads `?q=12` as a number. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) || undefined : undefined;

/** Undefined: no longer narrowed by it. */
export type FilterChanges = { [K in keyof ItemsSearch]: ItemsSearch[K] | undefined };

export const withFilters = (search: ItemsSearch, changes: FilterChanges): ItemsSearch =>
  Object.fromEntries(Object.entries({ ...search, ...changes }).filter(([, value]) => value !== undefined));
