import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '#service';
import { Levels } from '../levels/level.ts';
import { computeEntries, applyEntries } from './compute-entries.ts';
import type { Posting } from './posting.ts';

const PLACES = ['a', 'b', 'c'];
const location = '00000000-0000-7000-8000-00000000000f';

function levelsOf(stock: { onHand: number; reserved: number }[]): Levels {
  const levels = new Levels();
  PLACES.forEach((item, n) =>
    levels.add(`${item}\n${location}`, {
      item: { id: item, sku: item.toUpperCase(), name: item },
      location: { id: location, code: 'MAIN' },
      ...stock[n]!,
      exists: true,
    }),
  );
  return levels;
}

const change = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map((delta) => ({ delta })),
  fc.nat(20).map((counted) => ({ counted })),
);
const posting: fc.Arbitrary<Posting> = fc.record({
  item: fc.constantFrom(...PLACES),
  location: fc.constant(location),
  line: fc.nat(499),
  fields: fc.constant({ item: 'item', location: 'location' }),
  change,
  floor: fc.constantFrom('reserved' as const, 'zero' as const),
  expectedOnHand: fc.constant(undefined),
  reason: fc.constant(null),
});
const stock = fc.array(fc.record({ onHand: fc.nat(30), reserved: fc.nat(30) }), { minLength: 3, maxLength: 3 });

describe('apply', () => {
  it('does in order what each posting says, or refuses everything, and never goes below its floor', () => {
    fc.assert(
      fc.property(stock, fc.array(posting, { minLength: 1, maxLength: 12 }), (before, postings) => {
        const levels = levelsOf(before);
        const onHand = Object.fromEntries(PLACES.map((place, n) => [place, before[n]!.onHand]));
        const reserved = Object.fromEntries(PLACES.map((place, n) => [place, before[n]!.reserved]));
        // What a reader would do with paper and pencil, stopping at the first line that cannot be served.
        const expected: [string, number, number][] = [];
        const impossible = postings.some(({ item, change: what, floor }) => {
          const was = onHand[item as string]!;
          const is = 'delta' in what ? was + what.delta : what.counted;
          if (is < was && is < (floor === 'reserved' ? reserved[item as string]! : 0)) return true;
          onHand[item as string] = is;
          expected.push([item as string, is - was, is]);
          return false;
        });
        if (impossible) {
          expect(() => computeEntries(postings, levels)).toThrow(Problem);
          expect(PLACES.map((item) => levels.get({ item, location }).onHand)).toEqual(
            before.map((level) => level.onHand),
          );
          return;
        }
        const entries = computeEntries(postings, levels);
        expect(entries.map(({ level, delta, onHandAfter }) => [level.item.id, delta, onHandAfter])).toEqual(expected);
        applyEntries(entries);
        expect(PLACES.map((item) => levels.get({ item, location }).onHand)).toEqual(PLACES.map((item) => onHand[item]));
      }),
      { numRuns: 1000 },
    );
  });
});
