import type { StockroomClient } from '#client';
import type { ReplayMovement } from '../file/movements.ts';

/** The references that the ledger has at this location. They are known for ever, idempotency keys only for a day. */
export async function existingReferences(client: StockroomClient, locationId: string): Promise<Set<string>> {
  const references = new Set<string>();
  for await (const { reference } of client.list('/api/v1/movements', { params: { query: { locationId } } })) {
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
  client: StockroomClient,
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
      const params = { header: { 'Idempotency-Key': keyFor(document.reference) } };
      const { response } = await client.POST('/api/v1/movements', { body: document, params });
      sums[response.headers.get('idempotency-replayed') === 'true' ? 'replayed' : 'posted']++;
      tell(sums.posted + sums.replayed);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return sums;
}
