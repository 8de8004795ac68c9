import { queryOptions } from '@tanstack/react-query';
import { responseData, api, type Schema } from '../../api/client.ts';
import { live } from '../../api/live/live-updates.ts';

export type Movement = Schema['Movement'];
export type MovementType = Movement['type'];

export const movementQuery = (id: string) =>
  queryOptions({
    queryKey: ['movements', 'one', id],
    queryFn: ({ signal }) => responseData(api.GET('/api/v1/movements/{id}', { params: { path: { id } }, signal })),
    ...live('movement'),
  });
