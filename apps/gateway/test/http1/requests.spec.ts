import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { damaged, packets } from './support/bytes.ts';
import { requests } from './support/messages.ts';
import { Gateway, type ReadRequest, readByDoor, readByNode } from './support/readings.ts';
import { RUNS, SEED, TIMEOUT_MS } from './support/runs.ts';

const gateway = new Gateway();
afterAll(() => gateway.close());

/** What of a request must come through the gateway unchanged; the fields that it may drop or add are left out. */
const essence = ({ method, target, fields, body }: ReadRequest) => {
  const kept = fields.flatMap((name, i) => (i % 2 === 0 && isKept(name) ? [[name, fields[i + 1]]] : []));
  return { method, target: target.replace(/^http:\/\/shop/, ''), fields: kept, body };
};
const isKept = (name: string) => /^x-(?!a$|forwarded-|request-id$)/i.test(name);

describe(`requests (FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS})`, () => {
  it(
    'are what node:http reads too, or are refused: where each one ends, its fields, its body, the one after it',
    async () => {
      let wholeOnes = 0;
      await fc.assert(
        fc.asyncProperty(packets(damaged(requests)), async (bytes) => {
          const [ours, theirs] = [await readByDoor(bytes), await readByNode(bytes)];
          wholeOnes += ours.requests.filter(({ whole }) => whole).length;
          const seen = theirs.requests.slice(0, ours.requests.length);
          // Who reads no further may have read less of the last body.
          const comparable = (list: ReadRequest[]) =>
            list.map((request, i) =>
              ours.ended && !ours.requests[i]?.whole ? { ...request, body: '', whole: false } : request,
            );
          expect(comparable(ours.requests)).toEqual(comparable(seen));
          if (ours.ended) return;
          expect(theirs.requests.length).toBe(ours.requests.length);
          // A head that has not come to its end may still be refused.
          if (ours.requests.at(-1)?.whole === false) expect(theirs.ended).toBe(false);
        }),
        { numRuns: RUNS, seed: SEED },
      );
      // Requests that are all refused would show nothing.
      expect(wholeOnes).toBeGreaterThan(RUNS / 4);
    },
    TIMEOUT_MS,
  );

  it(
    'reach a node:http behind the gateway as they reach one that stands at the door itself, or not at all',
    async () => {
      let wholeOnes = 0;
      await fc.assert(
        fc.asyncProperty(packets(damaged(requests)), async (bytes) => {
          const [behind, direct] = [await gateway.read(bytes), await readByNode(bytes)];
          const whole = (list: ReadRequest[]) => list.filter((one) => one.whole && one.method !== 'TRACE').map(essence);
          const seen = whole(behind.requests);
          wholeOnes += seen.length;
          expect(seen).toEqual(whole(direct.requests).slice(0, behind.ended ? seen.length : undefined));
        }),
        { numRuns: RUNS, seed: SEED },
      );
      expect(wholeOnes).toBeGreaterThan(RUNS / 4);
      expect(gateway.inFlight).toBe(0);
    },
    TIMEOUT_MS,
  );
});
