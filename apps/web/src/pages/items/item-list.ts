import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { responseData, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Item } from '../../catalog/items.ts';
import { type ItemsSearch, withFilters } from './search.ts';

const PAGE = 200;
/** More than a window shows: what a person finds while typing should come at once. */
const SEARCH_PAGE = 50;
/** The whole list is never asked for again page by page: `patch` puts what is in view right. */
const LIST_KEY = 'item-list';

const fetchPage = (search: ItemsSearch, cursor: string | undefined, signal?: AbortSignal) => {
  const { sort, ...filters } = search;
  // With words, the best match comes first.
  const query = {
    ...filters,
    ...(!search.q && sort && { sort }),
    limit: search.q && !cursor ? SEARCH_PAGE : PAGE,
    ...(cursor && { cursor }),
  };
  return responseData(api.GET('/api/v1/items', { params: { query }, ...(signal && { signal }) }));
};

const COUNT_KEY = 'item-count';

/** What narrows a list, without its order. */
const filtersOf = (search: ItemsSearch): ItemsSearch => withFilters(search, { sort: undefined });

/** How many items match, counted beside the rows so that these do not wait for it. */
export function itemCountQuery(search: ItemsSearch) {
  const filters = filtersOf(search);
  return queryOptions({
    queryKey: [COUNT_KEY, filters],
    queryFn: async ({ signal }) => {
      const query = { ...filters, limit: 1, count: true };
      const { count = 0, countIsCapped = false } = await responseData(api.GET('/api/v1/items', { params: { query }, signal })); // prettier-ignore
      return { count, isCapped: countIsCapped };
    },
    placeholderData: keepPreviousData,
  });
}

/** What matches, as CSV, in the order of the SKUs. */
export const exportUrl = (search: ItemsSearch): string =>
  `/api/v1/exports/items.csv?${new URLSearchParams({ spreadsheet: 'true', ...textsOf(filtersOf(search)) })}`;

const textsOf = (filters: object) =>
  Object.fromEntries(Object.entries(filters).map(([name, it]) => [name, String(it)]));

/** All items that match, page after page. @param onProgress how many have come */
export async function loadAllItems(search: ItemsSearch, onProgress: (loaded: number) => void): Promise<Item[]> {
  const filters = filtersOf(search);
  const found: Item[] = [];
  let cursor: string | null | undefined;
  do {
    const query = { ...filters, limit: PAGE, ...(cursor && { cursor }) };
    const page = await responseData(api.GET('/api/v1/items', { params: { query } }));
    found.push(...page.items);
    onProgress(found.length);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

export const itemListQuery = (search: ItemsSearch) =>
  infiniteQueryOptions({
    queryKey: [LIST_KEY, search],
    queryFn: ({ pageParam, signal }) => fetchPage(search, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    // To compare all rows with all rows at every page costs more than to draw those in view again.
    structuralSharing: false,
  });

/** Puts items that are newer into every list that shows them. */
export function updateInLists(items: readonly Item[]): void {
  const newer = new Map(items.map((item) => [item.id, item]));
  queryClient.setQueriesData<{ pages: { items: Item[] }[] }>({ queryKey: [LIST_KEY] }, (data) =>
    data?.pages.some((page) => page.items.some((item) => differs(item, newer.get(item.id))))
      ? {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((item) => (differs(item, newer.get(item.id)) ? newer.get(item.id)! : item)),
          })),
        }
      : data,
  );
}

const differs = (a: Item, b: Item | undefined): boolean =>
  b !== undefined && (a.version !== b.version || a.onHand !== b.onHand || a.reserved !== b.reserved);

/** Asks again for the pages that hold these rows, by number. */
export async function refreshRows(search: ItemsSearch, from: number, to: number): Promise<void> {
  const data = queryClient.getQueryData(itemListQuery(search).queryKey);
  if (!data) return;
  let begin = 0;
  const wanted = data.pages.flatMap(({ items }, index) => {
    const isInView = begin <= to && begin + items.length > from;
    begin += items.length;
    return isInView ? [data.pageParams[index] as string | undefined] : [];
  });
  const pages = await Promise.all(wanted.map((cursor) => fetchPage(search, cursor)));
  updateInLists(pages.flatMap(({ items }) => items));
}

/** Whether what is kept of a list is from an earlier visit. */
export const isStale = (search: ItemsSearch): boolean =>
  (queryClient.getQueryState(itemListQuery(search).queryKey)?.dataUpdatedAt ?? Infinity) < Date.now() - 2_000;

/** Takes items that were archived, or brought back, out of the list that shows them; other lists are read again. */
export function removeFromLists(ids: ReadonlySet<string>): void {
  queryClient.removeQueries({ queryKey: [LIST_KEY], type: 'inactive' });
  void queryClient.invalidateQueries({ queryKey: [COUNT_KEY] });
  queryClient.setQueriesData<{ pages: { items: Item[] }[] }>(
    { queryKey: [LIST_KEY] },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => !ids.has(id)) })),
      },
  );
}

/** After an item was added or archived elsewhere: from the top. */
export async function resetLists(): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: [COUNT_KEY] });
  await queryClient.resetQueries({ queryKey: [LIST_KEY] });
}
