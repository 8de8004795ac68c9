import type { ImportEncoding, ImportFormat } from '#contracts';
import { Problem } from '#service';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** The container of .xls, and of workbooks with a password. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
/** Bytes that Windows-1252 leaves undefined (WHATWG maps them to control characters). */
const UNDEFINED_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
/** Enough to tell UTF-16 without a byte order mark by its zero bytes. */
const SNIFFED_BYTES = 1024;

const ASK = 'Save the file as "CSV UTF-8", or name its encoding with ?encoding=.';

type Decoder = InstanceType<typeof TextDecoder>;

/** Finds out how a file is written while it arrives: a workbook, or text in which encoding. */
export class EncodingDetector {
  private format: ImportFormat | undefined;
  private strict: Decoder | undefined;
  private encoding: ImportEncoding = 'utf-8';
  /** Set where the bytes are not UTF-8: decodes what follows to weigh both readings. */
  private lenient: Decoder | undefined;
  private lines = 1;
  private multibyte = 0;
  private invalid = 0;
  private undefinedByte: { byte: number; line: number } | undefined;
  private failedAt = 0;

  /** @param named the encoding that the sender named */
  constructor(private readonly named: ImportEncoding | undefined) {}

  /** @throws Problem `unsupported-media-type`, `malformed-request` */
  push(bytes: Buffer): void {
    if (this.format === undefined) this.begin(bytes);
    if (this.format === 'xlsx') return;
    if (this.lenient) this.weigh(bytes);
    else this.check(bytes);
    for (const byte of bytes) if (byte === 10) this.lines++;
  }

  /** @throws Problem `malformed-request` */
  finish(): { format: ImportFormat; encoding: ImportEncoding | null } {
    if (this.format === 'xlsx') return { format: 'xlsx', encoding: null };
    if (this.strict && !this.lenient) this.check(Buffer.alloc(0), true);
    if (this.lenient) this.decide();
    return { format: 'csv', encoding: this.encoding };
  }

  private begin(bytes: Buffer): void {
    const startsWith = (magic: number[]) => magic.every((byte, at) => bytes[at] === byte);
    if (startsWith(OLE)) {
      throw new Problem('unsupported-media-type', 'This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password, or as CSV.'); // prettier-ignore
    }
    this.format = startsWith(ZIP) ? 'xlsx' : 'csv';
    this.encoding = this.named ?? sniffUtf16(bytes) ?? 'utf-8';
    this.strict = new TextDecoder(this.encoding, { fatal: true });
  }

  private check(bytes: Buffer, last = false): void {
    try {
      const { length } = this.strict!.decode(bytes, { stream: !last });
      if (length < bytes.length) this.multibyte += bytes.length - length;
    } catch {
      if (this.named !== undefined || this.encoding !== 'utf-8') throw this.refusal();
      this.failedAt = this.lines;
      this.lenient = new TextDecoder('utf-8');
      this.encoding = 'windows-1252';
      if (last) this.invalid++;
      else this.weigh(bytes);
    }
  }

  private weigh(bytes: Buffer): void {
    const text = this.lenient!.decode(bytes, { stream: true });
    const first = text.indexOf('\ufffd');
    if (this.invalid === 0 && first !== -1) this.failedAt = this.lines + linesIn(text.slice(0, first));
    for (const character of text.match(/[^\0-\x7f]/gu) ?? []) {
      if (character === '\ufffd') this.invalid++;
      else this.multibyte++;
    }
    if (this.undefinedByte) return;
    const at = bytes.findIndex((byte) => UNDEFINED_IN_1252.has(byte));
    if (at !== -1)
      this.undefinedByte = { byte: bytes[at]!, line: this.lines + linesIn(bytes.subarray(0, at).toString('latin1')) };
  }

  /** Any bytes can be read as Windows-1252, so it is assumed only where nothing suggests UTF-8. */
  private decide(): void {
    if (this.multibyte >= this.invalid) {
      throw new Problem('malformed-request', `Line ${this.failedAt} is not UTF-8, while other characters of the file are. ${ASK}`); // prettier-ignore
    }
    if (this.undefinedByte) {
      const { byte, line } = this.undefinedByte;
      throw new Problem('malformed-request', `Line ${line} holds the byte ${byte.toString(16).toUpperCase()}, which is neither UTF-8 nor Windows-1252. ${ASK}`); // prettier-ignore
    }
  }

  private refusal(): Problem {
    const which = this.named === undefined ? `its first bytes say that it is ${this.encoding}` : `?encoding says ${this.encoding}`; // prettier-ignore
    return new Problem('malformed-request', `The file cannot be read from about line ${this.lines} on: ${which}, and its bytes are not. ${ASK}`); // prettier-ignore
  }
}

const linesIn = (text: string): number => text.split('\n').length - 1;

/** By its byte order mark, or by where its zero bytes are: most letters of most files have one. */
function sniffUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const length = Math.min(bytes.length, SNIFFED_BYTES) & ~1;
  let [even, odd] = [0, 0];
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  if (odd > length / 5 && even < odd / 8) return 'utf-16le';
  if (even > length / 5 && odd < even / 8) return 'utf-16be';
  return undefined;
}
