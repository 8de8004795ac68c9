import { api, responseData, type Schema } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import type { Import } from './queries.ts';

export type RerunOptions = Schema['RerunImport'];

/** Reads the file of a dry run again, otherwise or for good. */
export const useRerun = (id: string, onSuccess: (job: Import) => void) =>
  useWrite({
    write: (body: RerunOptions, header) =>
      responseData(api.POST('/api/v1/imports/{id}/rerun', { params: { path: { id }, header }, body })),
    invalidates: [['imports'], ['reports']],
    onSuccess,
  });

/** Stops an import, or takes it back. */
export const useEndImport = (id: string, how: 'cancel' | 'undo', onSuccess?: () => void) =>
  useWrite({
    write: async (_: void, header) => {
      const params = { path: { id }, header };
      if (how === 'cancel') await responseData(api.POST('/api/v1/imports/{id}/cancel', { params }));
      else await responseData(api.POST('/api/v1/imports/{id}/undo', { params }));
    },
    invalidates: [['imports'], ['reports']],
    ...(onSuccess && { onSuccess }),
  });
