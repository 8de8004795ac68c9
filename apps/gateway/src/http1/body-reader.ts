import { parseFields } from './head.ts';
import { Malformed, Overflow } from './malformed.ts';

/** Reads one body off a connection. */
export interface BodyReader {
  /** Whether the body has come to its end. */
  readonly whole: boolean;
  /**
   * Hands on what of a chunk belongs to the body.
   * @returns where in the chunk the body ends so far
   * @throws Malformed
   */
  read(chunk: Buffer, from: number, pass: (bytes: Buffer) => void): number;
}

/** A body with a Content-Length. */
export class LengthReader implements BodyReader {
  constructor(private left: number) {}

  get whole(): boolean {
    return this.left === 0;
  }

  read(chunk: Buffer, from: number, pass: (bytes: Buffer) => void): number {
    const end = Math.min(chunk.length, from + this.left);
    this.left -= end - from;
    if (end > from) pass(chunk.subarray(from, end));
    return end;
  }
}

/** A body that only the end of its connection ends. */
export class CloseReader implements BodyReader {
  readonly whole = false;

  read(chunk: Buffer, from: number, pass: (bytes: Buffer) => void): number {
    if (chunk.length > from) pass(chunk.subarray(from));
    return chunk.length;
  }
}

type At = 'size' | 'extension' | 'size-end' | 'data' | 'data-cr' | 'data-end' | 'trailer' | 'trailer-end' | 'whole';

const CR = 0x0d;
const LF = 0x0a;
const SEMICOLON = 0x3b;
/** 52 bits: more than any body has, and exact in a number. */
const MOST_DIGITS = 13;
/** Of chunk extensions, and of trailers: both stay behind. */
const MOST_ASIDE = 16 * 1024;

/** RFC 9112 §7.1.1, without the blanks that nobody should send. */
const EXTENSIONS = /^(?:;[!#$%&'*+.^_`|~\w-]+(?:=(?:[!#$%&'*+.^_`|~\w-]+|"(?:[^"\\]|\\.)*"))?)*$/;
/** RFC 9110 §6.5.1: no trailer may say so. Some readers believe it when it does. */
const FRAMING = /^(?:content-length|transfer-encoding|connection)$/i;

/** A body in chunks: RFC 9112 §7.1. Extensions and trailers are read and dropped. */
export class ChunkReader implements BodyReader {
  private at: At = 'size';
  private size = 0;
  private digits = 0;
  private aside = 0;
  /** The extensions of a chunk, or a trailer, as far as they have come. */
  private line = '';

  get whole(): boolean {
    return this.at === 'whole';
  }

  read(chunk: Buffer, from: number, pass: (bytes: Buffer) => void): number {
    let i = from;
    while (i < chunk.length && this.at !== 'whole') {
      if (this.at !== 'data') {
        this.step(chunk[i++]!);
        continue;
      }
      const end = Math.min(chunk.length, i + this.size);
      this.size -= end - i;
      if (this.size === 0) this.at = 'data-cr';
      pass(chunk.subarray(i, end));
      i = end;
    }
    return i;
  }

  private step(byte: number): void {
    switch (this.at) {
      case 'size':
        return this.readSize(byte);
      case 'extension':
        if (byte === CR) this.endExtensions();
        else this.setAside(byte);
        return;
      case 'size-end':
        this.expect(byte, LF);
        this.at = this.size === 0 ? 'trailer' : 'data';
        this.digits = 0;
        return;
      case 'data-cr':
        this.expect(byte, CR);
        this.at = 'data-end';
        return;
      case 'data-end':
        this.expect(byte, LF);
        this.at = 'size';
        return;
      case 'trailer':
        if (byte === CR) this.at = 'trailer-end';
        else this.setAside(byte);
        return;
      case 'trailer-end':
        this.expect(byte, LF);
        return this.endTrailerLine();
      case 'data':
      case 'whole':
    }
  }

  private readSize(byte: number): void {
    const digit = digitOf(byte);
    if (digit !== -1) {
      if (++this.digits > MOST_DIGITS) throw new Malformed('A chunk’s size has too many digits.');
      this.size = this.size * 16 + digit;
    } else if (this.digits > 0 && byte === CR) this.at = 'size-end';
    else if (this.digits > 0 && byte === SEMICOLON) {
      this.at = 'extension';
      this.setAside(byte);
    } else throw new Malformed('A chunk’s size is not a hexadecimal number on a line of its own.');
  }

  private endExtensions(): void {
    if (!EXTENSIONS.test(this.line)) throw new Malformed('A chunk extension is not a name, or a name and a value.');
    this.at = 'size-end';
    this.line = '';
  }

  /** An empty line ends the section; each other one is a field. */
  private endTrailerLine(): void {
    this.at = this.line === '' ? 'whole' : 'trailer';
    const [name] = parseFields(this.line, 0);
    if (name !== undefined && FRAMING.test(name))
      throw new Malformed('A trailer says where the body or the connection ends.');
    this.line = '';
  }

  private setAside(byte: number): void {
    if ((byte < 0x20 && byte !== 0x09) || byte === 0x7f)
      throw new Malformed('A chunk extension or a trailer has a control character.');
    if (++this.aside > MOST_ASIDE) throw new Overflow('The chunk extensions or the trailers have too many bytes.');
    this.line += String.fromCharCode(byte);
  }

  private expect(byte: number, expected: number): void {
    if (byte !== expected) throw new Malformed('A chunk, or a line, does not end where it says.');
  }
}

function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
