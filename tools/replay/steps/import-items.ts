import { setTimeout as sleep } from 'node:timers/promises';
import type { Import } from '#contracts';
import type { ApiClient } from '../api-client.ts';

const POLL_MS = 200;

/**
 * Imports a file of items and waits until that is done.
 * @throws Error where the file, or a row of it, was refused
 */
export async function importItems(
  client: ApiClient,
  csv: string,
  key: string,
  tell: (done: number) => void,
): Promise<void> {
  let { body: job } = await client.post<Import>('/imports?mode=upsert&again=true&decimal=point', key, csv, 'text/csv');
  while (job.state === 'queued' || job.state === 'running') {
    await sleep(POLL_MS);
    ({ body: job } = await client.get<Import>(`/imports/${job.id}`));
    tell(job.done);
  }
  if (job.state === 'failed') throw new Error(`The import of the items failed: ${job.reason}`);
  if (job.failed > 0) throw new Error(`${job.failed} items were refused: see GET /api/v1/imports/${job.id}/errors`);
}
