import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readByLine, readByNode } from './support/answer-readings.ts';
import { damaged, packets } from './support/bytes.ts';
import { answers } from './support/messages.ts';
import { RUNS, SEED, TIMEOUT_MS } from './support/runs.ts';

const sent = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'HEAD'),
  packets: packets(damaged(answers)),
  closes: fc.boolean(),
});

describe(`answers (FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS})`, () => {
  it(
    'are what node:http reads too, or are refused: status, fields, body, and whether they came to their end',
    async () => {
      let wholeOnes = 0;
      await fc.assert(
        fc.asyncProperty(sent, async (bytes) => {
          const { reusable, failed, ...ours } = await readByLine(bytes);
          const { failed: theyFailed, ...theirs } = await readByNode(bytes);
          if (ours.whole) wholeOnes++;
          if (failed) return;
          // A head that has not come to its end may still be refused.
          if (!ours.head) return expect(theirs.head).toBeUndefined();
          expect(theirs).toEqual(ours);
          if (!ours.whole) expect(theyFailed).toBe(false);
          if (reusable) expect(ours.whole).toBe(true);
        }),
        { numRuns: RUNS, seed: SEED },
      );
      // Answers that are all refused would show nothing.
      expect(wholeOnes).toBeGreaterThan(RUNS / 4);
    },
    TIMEOUT_MS,
  );
});
