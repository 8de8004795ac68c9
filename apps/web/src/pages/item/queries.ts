import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { responseData, api } from '../../api/client.ts';
import type { Item } from '../../catalog/items.ts';

/** What else is asked of an item is asked again when its sums have changed: their ETag is all that is polled. */
const stockState = ({ onHand, reserved, updatedAt }: Item) => ({ onHand, reserved, updatedAt });

export const ledgerQuery = (item: Item) =>
  infiniteQueryOptions({
    queryKey: ['movements', 'of', item.id, stockState(item)],
    queryFn: ({ signal, pageParam }) =>
      responseData(
        api.GET('/api/v1/movements', {
          params: { query: { itemId: item.id, limit: 20, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: (before) => before,
  });

const YEAR_MS = 365 * 86_400_000;

export const historyQuery = (item: Item) =>
  queryOptions({
    queryKey: ['history', item.id, stockState(item)],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - YEAR_MS).toISOString();
      return responseData(api.GET('/api/v1/reports/history', { params: { query: { itemId: item.id, from } }, signal }));
    },
    placeholderData: (before) => before,
  });

export const itemReservationsQuery = (item: Item) =>
  queryOptions({
    queryKey: ['reservations', 'of', item.id, stockState(item)],
    queryFn: ({ signal }) =>
      responseData(
        api.GET('/api/v1/reservations', { params: { query: { itemId: item.id, state: 'held', limit: 50 } }, signal }),
      ),
    placeholderData: (before) => before,
  });
