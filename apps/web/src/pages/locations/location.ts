import { queryOptions } from '@tanstack/react-query';
import { responseData, api, ifMatch, type Schema } from '../../api/client.ts';
import { live } from '../../api/live/live-updates.ts';

export type Location = Schema['Location'];
export type LocationChanges = Schema['UpdateLocation'];

/** Queries whose results a change of a location changes. */
export const AFFECTED_BY_LOCATION = [['locations'], ['stock']] as const;

export const locationQuery = (id: string) =>
  queryOptions({
    queryKey: ['locations', 'one', id],
    queryFn: ({ signal }) => responseData(api.GET('/api/v1/locations/{id}', { params: { path: { id } }, signal })),
    ...live('location', 'movement', 'reservation'),
  });

export const readLocation = (id: string): Promise<Location> =>
  responseData(api.GET('/api/v1/locations/{id}', { params: { path: { id } } }));

/** @throws ApiProblem `precondition-failed` where it is no longer as in `base` */
export const updateLocation = (base: Location, body: LocationChanges): Promise<Location> =>
  responseData(api.PATCH('/api/v1/locations/{id}', { params: { path: { id: base.id }, header: ifMatch(base) }, body }));

/** @throws ApiProblem `conflict` where it is not empty, or the last one */
export const archiveLocation = async (base: Location): Promise<void> => {
  await responseData(
    api.DELETE('/api/v1/locations/{id}', { params: { path: { id: base.id }, header: ifMatch(base) } }),
  );
};
