import { lineEnd, type CsvRecord, readRecord, type TextPiece } from './csv-record.ts';

/** The longest record, in UTF-16 code units: more than every field of an item at its limit. */
export const MAX_RECORD = 128 * 1024;

/** One record of a file: its cells, or why it has none. */
export interface CsvRow {
  /** Where it begins; the first line is 1. */
  line: number;
  cells: string[];
  error?: string;
}

/**
 * Reads CSV (RFC 4180) piece by piece, in constant memory. Lines end with LF, CRLF or CR, in one file all three; a quote
 * inside an unquoted field stands for itself; empty lines are skipped. The records after a broken one are read.
 * docs/decisions/0011-own-csv-reader.md says why it is our own.
 */
export class CsvReader {
  private rest = '';
  private line = 1;
  /** Inside a record that was too long. */
  private skipping = false;

  // No parameter property: Node runs this file as it is, and only strips types.
  private readonly delimiter: string;

  constructor(delimiter: string) {
    this.delimiter = delimiter;
  }

  /** @param last whether nothing follows */
  read(piece: string, last = false): CsvRow[] {
    const text: TextPiece = {
      text: this.rest + piece,
      delimiter: this.delimiter,
      last,
      next: { quote: -1, lf: -1, cr: -1 },
    };
    const rows: CsvRow[] = [];
    let at = 0;
    while (at < text.text.length) {
      const next = this.skipping ? this.skip(text, at) : this.readOne(text, at, rows);
      if (next === undefined || (next === at && this.skipping && text.text.length - at <= 1)) break;
      at = next;
    }
    this.rest = text.text.slice(at);
    return rows;
  }

  /** @returns where the next record begins, or undefined where this one has not wholly arrived */
  private readOne(text: TextPiece, at: number, rows: CsvRow[]): number | undefined {
    const record = readRecord(text, at);
    const length = (record?.end ?? text.text.length) - at;
    if (length > MAX_RECORD) {
      rows.push({
        line: this.line,
        cells: [],
        error: `is longer than ${MAX_RECORD} characters; perhaps a quote is missing`,
      });
      this.skipping = true;
      text.next = { quote: -1, lf: -1, cr: -1 };
      return at;
    }
    if (!record) return undefined;
    if (!isBlank(record))
      rows.push({ line: this.line, cells: record.cells, ...(record.error && { error: record.error }) });
    this.line += record.lines ?? linesIn(text.text, at, record.end);
    return record.end;
  }

  private skip(text: TextPiece, at: number): number {
    const end = lineEnd(text, at);
    // A CR at the end of the piece stays: it may be the first half of a CRLF.
    if (!end) return text.text.length - (text.text.endsWith('\r') ? 1 : 0);
    this.skipping = false;
    this.line++;
    return end.next;
  }
}

const isBlank = ({ cells, error }: CsvRecord) => !error && cells.length === 1 && cells[0] === '';

/** Of CRLF, one. */
function linesIn(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines++;
  }
  return lines;
}
