import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type BodyReader,
  ChunkReader,
  HeadReader,
  LengthReader,
  Malformed,
  parseAnswerHead,
  parseRequestHead,
} from '../../src/http1/index.ts';
import { bufferOf, damaged, packets } from './support/bytes.ts';
import { answers, chunkedBodies, requests } from './support/messages.ts';
import { RUNS, SEED, TIMEOUT_MS } from './support/runs.ts';

/** About as long as those that are made up here. */
const MAX_HEAD_BYTES = 64;

type Parse = (text: string) => object;

/** The heads found one after the other, where the last one ends, and whether what follows was refused. */
function headsIn(list: string[], parse: Parse): object {
  const reader = new HeadReader(MAX_HEAD_BYTES);
  const heads: object[] = [];
  let before = 0;
  let end = 0;
  try {
    for (const packet of list.map(bufferOf)) {
      for (let at = 0; at < packet.length;) {
        const next = reader.read(packet, at);
        if (next === -1) break;
        heads.push(parse(reader.text));
        end = before + next;
        at = next;
      }
      before += packet.length;
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { heads, end, refused: true };
  }
  return { heads, end, begun: reader.begun };
}

/** The body that was read, and where it ends; or that the bytes were refused. */
function bodyIn(list: string[], reader: BodyReader): object | 'refused' {
  let body = '';
  let read = 0;
  try {
    for (const packet of list.map(bufferOf)) {
      if (reader.whole) break;
      read += reader.read(packet, 0, (bytes) => (body += bytes.toString('latin1')));
    }
  } catch (error) {
    if (error instanceof Malformed) return 'refused';
    throw error;
  }
  return { body, read, whole: reader.whole };
}

const check = (texts: fc.Arbitrary<string>, read: (list: string[]) => unknown) =>
  fc.assert(
    fc.property(packets(damaged(texts)), (list) => {
      const whole = read([list.join('')]);
      expect(read(list)).toEqual(whole);
      expect(read([...list.join('')])).toEqual(whole);
    }),
    { numRuns: RUNS, seed: SEED },
  );

describe(`however bytes are cut into packets (FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS})`, () => {
  it('the same requests are found', () => check(requests, (list) => headsIn(list, parseRequestHead)), TIMEOUT_MS);
  it('the same answers are found', () => check(answers, (list) => headsIn(list, parseAnswerHead)), TIMEOUT_MS);
  it('the same chunks are found', () => check(chunkedBodies, (list) => bodyIn(list, new ChunkReader())), TIMEOUT_MS);
  it('a length counts the same', () => check(chunkedBodies, (list) => bodyIn(list, new LengthReader(20))), TIMEOUT_MS);
});
