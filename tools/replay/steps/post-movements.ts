import type { Movement } from '#contracts';
import type { ApiClient } from '../api-client.ts';
import type { ReplayMovement } from '../file/movements.ts';
import { listAll } from './list-all.ts';

/** The references that the ledger has at this location. They are known for ever, idempotency keys only for a day. */
export async function existingReferences(client: ApiClient, locationId: string): Promise<Set<string>> {
  const references = new Set<string>();
  for await (const { reference } of listAll<Movement>(client, `/movements?locationId=${locationId}`)) {
    if (reference !== null) references.add(reference);
  }
  return references;
}

/**
 * Posts the documents, `concurrency` at a time.
 * @param keyFor the idempotency key of a reference
 * @returns how many were new, and how many the API knew by their key
 */
export async function postMovements(
  client: ApiClient,
  documents: ReplayMovement[],
  {
    concurrency,
    keyFor,
    tell,
  }: { concurrency: number; keyFor: (reference: string) => string; tell: (done: number) => void },
): Promise<{ posted: number; replayed: number }> {
  const sums = { posted: 0, replayed: 0 };
  const queue = documents.values();
  const work = async () => {
    for (const document of queue) {
      const { replayed } = await client.post('/movements', keyFor(document.reference), JSON.stringify(document));
      sums[replayed ? 'replayed' : 'posted']++;
      tell(sums.posted + sums.replayed);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return sums;
}
