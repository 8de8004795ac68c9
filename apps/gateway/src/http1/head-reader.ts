import { Malformed, Overflow } from './malformed.ts';

const END = Buffer.from('\r\n\r\n');
const CR = 0x0d;
const LF = 0x0a;
const TAB = 0x09;
const FIRST_BYTES = 1024;

/** Finds the end of a head. One that comes in a single piece, as nearly all do, is not copied. */
export class HeadReader {
  /** The head that was found last: latin1, without the empty line at its end. */
  text = '';
  private kept: Buffer | undefined;
  private length = 0;

  /** @param maxBytes of a head */
  constructor(private readonly maxBytes: number) {}

  /** Whether a head has begun and has not come to its end. */
  get begun(): boolean {
    return this.length > 0 && !this.isHalfLine;
  }

  /**
   * @param from where in the chunk the head begins, or goes on
   * @returns where it ends in the chunk, or -1 while it does not
   * @throws Malformed as soon as it cannot become a head any more
   */
  read(chunk: Buffer, from: number): number {
    if (this.isHalfLine && chunk[from] === LF) {
      this.length = 0;
      return this.read(chunk, from + 1);
    }
    if (this.length > 0) return this.gather(chunk, from);
    const begin = skipEmptyLines(chunk, from);
    const end = chunk.indexOf(END, begin);
    if (end === -1) return this.gather(chunk, begin);
    if (end - begin > this.maxBytes) throw new Overflow('The header has too many bytes.');
    this.text = chunk.toString('latin1', begin, end);
    return end + END.length;
  }

  /** Nothing but the first half of an empty line has come. */
  private get isHalfLine(): boolean {
    return this.length === 1 && this.kept![0] === CR;
  }

  private gather(chunk: Buffer, from: number): number {
    const before = this.length;
    this.keep(chunk, from);
    const { kept, length } = this;
    const end = kept ? kept.subarray(0, length).indexOf(END, Math.max(0, before - 3)) : -1;
    if (end === -1) {
      // All that is kept has been looked through: the end would have to lie further on.
      if (length === this.maxBytes + END.length) throw new Overflow('The header has too many bytes.');
      if (kept) checkLines(kept, before, length);
      return -1;
    }
    this.text = kept!.toString('latin1', 0, end);
    this.kept = undefined;
    this.length = 0;
    return from + end + END.length - before;
  }

  private keep(chunk: Buffer, from: number): void {
    const length = Math.min(this.length + chunk.length - from, this.maxBytes + END.length);
    if (length === this.length) return;
    if (!this.kept || this.kept.length < length) {
      const larger = Buffer.allocUnsafe(Math.max(FIRST_BYTES, 2 * length));
      this.kept?.copy(larger, 0, 0, this.length);
      this.kept = larger;
    }
    chunk.copy(this.kept, this.length, from, from + length - this.length);
    this.length = length;
  }
}

/** RFC 9112 §2.2: empty lines before a message are ignored. */
function skipEmptyLines(chunk: Buffer, from: number): number {
  let at = from;
  while (chunk[at] === CR && chunk[at + 1] === LF) at += 2;
  return at;
}

/** Whoever sends bytes that no head has is not kept until the time for a head is up. */
function checkLines(bytes: Buffer, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    const afterCr = i > 0 && bytes[i - 1] === CR;
    const odd = byte < 0x20 ? byte !== TAB && byte !== CR && byte !== LF : byte === 0x7f;
    if (odd || afterCr !== (byte === LF)) throw new Malformed('What came is not HTTP.');
  }
}
