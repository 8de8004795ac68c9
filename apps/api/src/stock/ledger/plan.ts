import { randomUUIDv7 } from 'node:crypto';
import { Problem } from '#service';
import type { Answer } from '../../http/answer.ts';
import { refusal } from '../../http/idempotency.ts';
import type { Resolved } from '../levels/level.repository.ts';
import { keyOf, type Level, type Levels } from '../levels/level.ts';
import type { NewMovement } from '../movements/movement.repository.ts';
import { apply, type Entry, keep } from './apply.ts';
import type { KnownKeys } from './batch-keys.ts';
import type { Pending } from './ledger.ts';
import { addMissing } from './missing.ts';
import type { Place } from './posting.ts';

/** What becomes of one entry of a batch. */
export type Outcome =
  | { kind: 'written'; pending: Pending; written: NewMovement; answer: Answer; isNew: true }
  | { kind: 'answered'; pending: Pending; answer: Answer; isNew?: boolean }
  | { kind: 'refused'; pending: Pending; problem: unknown }
  | { kind: 'needs-levels'; pending: Pending; levels: Level[] };

/** Judges the entries of a batch one after the other, each on what those before it leave. */
export async function planOf(
  batch: Pending[],
  known: KnownKeys,
  levels: Levels,
  resolve: (places: Place[]) => Promise<Resolved[]>,
  answer: (pending: Pending, id: string, entries: Entry[]) => Answer,
): Promise<Outcome[]> {
  const open = batch.filter((pending) => !known.has(pending));
  const missing = new Map(
    open.flatMap(({ postings }) =>
      postings.filter((place) => !levels.at(place)).map((place) => [keyOf(place), place] as const),
    ),
  );
  const resolved = missing.size > 0 ? await resolve([...missing.values()]) : [];
  const places = new Map([...missing.keys()].map((key, n) => [key, resolved[n]!]));
  return batch.map((pending) => known.get(pending) ?? judge(pending, levels, places, answer));
}

function judge(
  pending: Pending,
  levels: Levels,
  missing: Map<string, Resolved>,
  answer: (pending: Pending, id: string, entries: Entry[]) => Answer,
): Outcome {
  const { context, movement, postings } = pending;
  try {
    addMissing(postings, levels, missing);
    const unmade = postings.map((place) => levels.at(place)!).filter(({ exists }) => !exists);
    const entries = apply(postings, levels);
    if (unmade.length > 0) return { kind: 'needs-levels', pending, levels: unmade };
    keep(entries);
    const id = randomUUIDv7();
    const { type, reference = null, note = null } = movement;
    const written = { id, type, reference, note, reverses: null, actorId: context.caller.actorId, entries };
    return { kind: 'written', pending, written, answer: answer(pending, id, entries), isNew: true };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (!context.idempotency) return { kind: 'refused', pending, problem };
    return { kind: 'answered', pending, answer: refusal(problem, context), isNew: true };
  }
}
