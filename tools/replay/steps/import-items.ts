import { setTimeout as sleep } from 'node:timers/promises';
import type { StockroomClient } from '#client';

const POLL_MS = 200;

/**
 * Imports a file of items and waits until that is done.
 * @throws Error where the file, or a row of it, was refused
 */
export async function importItems(
  client: StockroomClient,
  csv: string,
  key: string,
  tell: (done: number) => void,
): Promise<void> {
  let { data: job } = await client.POST('/api/v1/imports', {
    body: csv,
    headers: { 'content-type': 'text/csv' },
    params: {
      query: { mode: 'upsert', again: true, decimal: 'point' },
      header: { 'Idempotency-Key': key },
    },
  });
  while (job.state === 'queued' || job.state === 'running') {
    await sleep(POLL_MS);
    ({ data: job } = await client.GET('/api/v1/imports/{id}', { params: { path: { id: job.id } } }));
    tell(job.done);
  }
  if (job.state === 'failed') throw new Error(`The import of the items failed: ${job.reason}`);
  if (job.failed > 0) throw new Error(`${job.failed} items were refused: see GET /api/v1/imports/${job.id}/errors`);
}
