import { MAX_ERRORS, Problem } from '#service';
import type { Level, Levels } from '../levels/level.ts';
import type { Posting } from './posting.ts';

/** One line of the ledger before it is written. */
export interface Entry {
  level: Level;
  delta: number;
  onHandAfter: number;
  reason: string | null;
}

/** More than this of an item at one location is an error, and far from what a number holds exactly. */
export const MAX_ON_HAND = 1_000_000_000_000;

/**
 * Works out, in order, what postings do to the levels; each is evaluated on the running result. Changes nothing: `applyEntries`
 * does, once it is sure that the entries will be written.
 * @throws Problem `insufficient-stock`, `unexpected-level` with every line that fails; `conflict` past the largest level
 */
export function computeEntries(postings: Posting[], levels: Levels): Entry[] {
  checkExpectedOnHand(postings, levels);
  const running = new Map<Level, number>();
  const short: object[] = [];
  const entries: Entry[] = [];
  for (const posting of postings) {
    const level = levels.get(posting);
    const before = running.get(level) ?? level.onHand;
    const delta = 'delta' in posting.change ? posting.change.delta : posting.change.counted - before;
    const after = before + delta;
    const available = posting.floor === 'reserved' ? before - level.reserved : before;
    if (delta < 0 && available + delta < 0) {
      short.push({
        line: posting.line,
        ...levelReference(level),
        requested: -delta,
        available: Math.max(available, 0),
      });
      continue;
    }
    if (after > MAX_ON_HAND)
      throw new Problem('conflict', `No more than ${MAX_ON_HAND} of an item can be at one location.`);
    running.set(level, after);
    entries.push({ level, delta, onHandAfter: after, reason: posting.reason });
  }
  if (short.length > 0) throw insufficientStock(short);
  return entries;
}

/** Makes the levels in memory what they are after these entries. */
export function applyEntries(entries: Entry[]): void {
  for (const { level, onHandAfter } of entries) level.onHand = onHandAfter;
}

/** @param lines for each: its number, item, location, what was `requested` and what is `available`; the first 20 are listed */
export const insufficientStock = (lines: object[]): Problem =>
  new Problem(
    'insufficient-stock',
    `${lines.length === 1 ? 'A line asks' : `${lines.length} lines ask`} for more than is available; nothing was applied.`,
    { extensions: { lines: lines.slice(0, MAX_ERRORS) } },
  );

export const levelReference = ({ item, location }: Level) => ({ item: { id: item.id, sku: item.sku }, location });

/** `expectedOnHand` is the level that the caller saw: the one before this movement. */
function checkExpectedOnHand(postings: Posting[], levels: Levels): void {
  const lines = postings
    .map((posting) => ({ ...posting, level: levels.get(posting) }))
    .filter(({ expectedOnHand, level }) => expectedOnHand !== undefined && expectedOnHand !== level.onHand)
    .map(({ line, level, expectedOnHand }) => ({
      line,
      ...levelReference(level),
      expectedOnHand,
      onHand: level.onHand,
    }));
  if (lines.length > 0) {
    throw new Problem('unexpected-level', 'A level is not what the request expected; nothing was applied.', {
      extensions: { lines: lines.slice(0, MAX_ERRORS) },
    });
  }
}
