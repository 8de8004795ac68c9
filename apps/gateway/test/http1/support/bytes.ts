import fc from 'fast-check';

/** What tells two readers apart: line ends, separators, digits, what is no ASCII. */
const ODD_BYTES = [...'\r\n\0\t :;,=+-"\\0159afx\x0b\x0c\x7f\x80\xa0\xff', '\r\n', '\r\n\r\n', '\n\n', '\r\r\n'];

interface Change {
  way: 'insert' | 'delete' | 'replace';
  /** Where, as a share of the length. */
  at: number;
  bytes: string;
}

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const change: fc.Arbitrary<Change> = fc.record({
  way: fc.constantFrom('insert' as const, 'delete' as const, 'replace' as const),
  at: share,
  bytes: fc.constantFrom(...ODD_BYTES),
});

function apply(text: string, { way, at, bytes }: Change): string {
  const index = Math.floor(at * (text.length + 1));
  return text.slice(0, index) + (way === 'delete' ? '' : bytes) + text.slice(way === 'insert' ? index : index + 1);
}

/** Half of the texts as they are, half with a few bytes changed. */
export const damaged = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(texts, fc.oneof(fc.constant([]), fc.array(change, { minLength: 1, maxLength: 3 })))
    .map(([text, changes]) => changes.reduce(apply, text));

/** One text cut into packets at random places. */
export const packets = (texts: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.tuple(texts, fc.oneof(fc.constant([]), fc.array(share, { maxLength: 6 }))).map(([text, cuts]) => {
    const ends = [...new Set(cuts.map((at) => Math.floor(at * text.length)))].sort((a, b) => a - b);
    return [...ends, text.length].map((end, i) => text.slice(i === 0 ? 0 : ends[i - 1]!, end)).filter(Boolean);
  });

export const bufferOf = (text: string): Buffer => Buffer.from(text, 'latin1');
