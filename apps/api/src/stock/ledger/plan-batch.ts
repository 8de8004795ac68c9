import { Problem } from '#service';
import { refusal } from '../../http/idempotency.ts';
import type { ResolvedKey } from '../levels/level.repository.ts';
import { stockKeyOf, type Levels } from '../levels/level.ts';
import type { RecordedOutcomes } from './batch-idempotency.ts';
import { addEmptyLevels } from './empty-levels.ts';
import type { Posting, StockKey } from './posting.ts';
import type { Outcome, QueuedWrite } from './queued-write.ts';
import { applyEffects, type BatchState } from './stock-write.ts';

/** Evaluates the entries of a batch one after the other, each on what those before it leave. */
export async function planBatch(
  batch: QueuedWrite[],
  known: RecordedOutcomes,
  levels: Levels,
  state: BatchState,
  resolve: (places: StockKey[]) => Promise<ResolvedKey[]>,
): Promise<Outcome[]> {
  const open = batch.filter((pending) => !known.has(pending));
  const missing = new Map(
    open.flatMap(({ postings }) =>
      postings.filter((place) => !levels.has(place)).map((place) => [stockKeyOf(place), place] as const),
    ),
  );
  const resolved = missing.size > 0 ? await resolve([...missing.values()]) : [];
  const places = new Map([...missing.keys()].map((key, n) => [key, resolved[n]!]));
  return batch.map((pending) => known.get(pending) ?? evaluate(pending, levels, state, places));
}

function evaluate(pending: QueuedWrite, levels: Levels, state: BatchState, missing: Map<string, ResolvedKey>): Outcome {
  const { context, postings } = pending;
  const contended = contendedLevels(postings, missing);
  if (contended.length > 0) return { kind: 'contended', pending, levels: contended };
  try {
    pending.check?.(state);
    addEmptyLevels(postings, levels, missing);
    const unmade = postings.map((place) => levels.get(place)).filter(({ exists }) => !exists);
    const effects = pending.plan(levels, state);
    if (unmade.length > 0) return { kind: 'needs-levels', pending, levels: unmade };
    applyEffects(pending, effects, state);
    return { kind: 'written', pending, effects, response: effects.response, isNew: true };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (!context.idempotency) return { kind: 'refused', pending, problem };
    return { kind: 'responded', pending, response: refusal(problem, context), isNew: true };
  }
}

/** Those that exist and were not locked, in the order in which all transactions lock them. */
function contendedLevels(postings: Posting[], missing: Map<string, ResolvedKey>): StockKey[] {
  const levels = postings.flatMap((posting) => {
    const { exists, item, location } = missing.get(stockKeyOf(posting)) ?? {};
    return exists ? [{ posting, ids: `${item!.id} ${location!.id}` }] : [];
  });
  return levels.toSorted((one, other) => (one.ids < other.ids ? -1 : 1)).map(({ posting }) => posting);
}
