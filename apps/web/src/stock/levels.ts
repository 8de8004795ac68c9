import { queryOptions } from '@tanstack/react-query';
import { responseData, api, type Schema } from '../api/client.ts';
import { live } from '../api/live/live-updates.ts';

export type Level = Schema['StockLevel'];

/** Where an item is. */
export const levelsQuery = (itemId: string) =>
  queryOptions({
    queryKey: ['stock', itemId],
    queryFn: ({ signal }) =>
      responseData(api.GET('/api/v1/stock', { params: { query: { itemId, limit: 200 } }, signal })),
    ...live('item', 'location', 'movement', 'reservation'),
  });

/** One item at one location. Where nothing was ever booked, nothing is there. */
export const levelQuery = (itemId: string, locationId: string) =>
  queryOptions({
    queryKey: ['stock', 'at', itemId, locationId],
    queryFn: ({ signal }) => readLevel(itemId, locationId, signal),
    ...live('item', 'location', 'movement', 'reservation'),
  });

export async function readLevel(
  itemId: string,
  locationId: string,
  signal?: AbortSignal,
): Promise<Pick<Level, 'onHand' | 'available'>> {
  const query = { itemId, locationId, limit: 1 };
  const { items } = await responseData(api.GET('/api/v1/stock', { params: { query }, ...(signal && { signal }) }));
  return items[0] ?? { onHand: 0, available: 0 };
}
