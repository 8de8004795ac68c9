import { queryOptions } from '@tanstack/react-query';
import { responseData, api, ifMatch, type Schema } from '../api/client.ts';
import { live } from '../api/live/live-updates.ts';

export type Item = Schema['Item'];
export type ItemChanges = Schema['UpdateItem'];

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: ['items', id],
    queryFn: ({ signal }) => responseData(api.GET('/api/v1/items/{id}', { params: { path: { id } }, signal })),
    ...live('item', 'movement', 'reservation'),
  });

/** @throws ApiProblem `precondition-failed` where it is no longer as in `base` */
export const updateItem = (base: Pick<Item, 'id' | 'version'>, body: ItemChanges): Promise<Item> =>
  responseData(
    api.PATCH('/api/v1/items/{id}', {
      params: { path: { id: base.id }, header: ifMatch(base) },
      body,
    }),
  );

/** @throws ApiProblem where stock or reservations remain, or where it is no longer as in `base` */
export const archiveItem = (base: Pick<Item, 'id' | 'version'>): Promise<unknown> =>
  responseData(api.DELETE('/api/v1/items/{id}', { params: { path: { id: base.id }, header: ifMatch(base) } }));

export const isLow = ({ available, reorderPoint }: Item): boolean => reorderPoint !== null && available <= reorderPoint;
