import type { Queryable } from '../../database/database.ts';
import { replay, keyInUse } from '../../http/idempotency.ts';
import { type ActorKey, findRecorded, record, tryLock } from '../../http/idempotency-records.ts';
import type { Outcome, QueuedWrite } from './queued-write.ts';

/** The recorded outcomes of those writes of a batch whose idempotency key was used before. */
export type RecordedOutcomes = Map<QueuedWrite, Outcome>;

const actorKey = ({ context }: QueuedWrite): ActorKey => ({
  actorId: context.caller.actorId,
  key: context.idempotency!.key,
});

/** Takes the batch's idempotency keys and reads what is recorded for them. */
export async function readIdempotencyKeys(tx: Queryable, batch: QueuedWrite[]): Promise<RecordedOutcomes> {
  const keyed = batch.filter(({ context }) => context.idempotency);
  const known: RecordedOutcomes = new Map();
  if (keyed.length === 0) return known;
  const keys = keyed.map(actorKey);
  const [free, recorded] = await Promise.all([tryLock(tx, keys), findRecorded(tx, keys)]);
  const seen = new Set<string>();
  keyed.forEach((pending, n) => {
    // The transaction's own lock does not stop its twin in the same batch.
    const twin = `${keys[n]!.actorId} ${keys[n]!.key}`;
    if (!free[n] || seen.has(twin)) known.set(pending, { kind: 'refused', pending, problem: keyInUse() });
    else if (recorded[n]) known.set(pending, replayOf(pending, recorded[n]));
    seen.add(twin);
  });
  return known;
}

function replayOf(pending: QueuedWrite, recorded: Parameters<typeof replay>[0]): Outcome {
  try {
    return { kind: 'responded', pending, response: replay(recorded, pending.context.idempotency!.fingerprint) };
  } catch (problem) {
    return { kind: 'refused', pending, problem };
  }
}

/** Records the responses of this batch, refusals as well, for those that came with a key. */
export function recordIdempotencyKeys(tx: Queryable, outcomes: Outcome[]): Promise<void>[] {
  const records = outcomes.flatMap((outcome) =>
    (outcome.kind === 'written' || outcome.kind === 'responded') && outcome.isNew && outcome.pending.context.idempotency
      ? [
          {
            ...actorKey(outcome.pending),
            fingerprint: outcome.pending.context.idempotency.fingerprint,
            response: outcome.response,
          },
        ]
      : [],
  );
  return records.length > 0 ? [record(tx, records)] : [];
}
