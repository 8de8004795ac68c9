/** A piece of a file. */
export interface TextPiece {
  text: string;
  delimiter: string;
  /** Whether nothing follows. */
  last: boolean;
  /** Where the next quote, LF and CR are, as far as it is known: looked for once, not once for each record. */
  next: { quote: number; lf: number; cr: number };
}

export interface CsvRecord {
  cells: string[];
  /** Where the next record begins. */
  end: number;
  /** How many line ends it has, where that is known without counting. */
  lines?: number;
  error?: string;
}

/** The record that begins at `at`, or undefined where it has not wholly arrived. */
export function readRecord(text: TextPiece, at: number): CsvRecord | undefined {
  const quote = find(text, 'quote', at);
  const end = lineEnd(text, at);
  if (end === undefined) return quote === Infinity ? undefined : readFields(text, at);
  if (quote > end.at) return { cells: text.text.slice(at, end.at).split(text.delimiter), end: end.next, lines: 1 };
  return readFields(text, at);
}

const CHARACTERS = { quote: '"', lf: '\n', cr: '\r' };

/** Where the next one is, from `from` on, or Infinity. */
function find({ text, next }: TextPiece, what: keyof typeof CHARACTERS, from: number): number {
  if (next[what] < from) {
    const at = text.indexOf(CHARACTERS[what], from);
    next[what] = at === -1 ? Infinity : at;
  }
  return next[what];
}

/** Where the line's content ends and the next one begins (after LF, CRLF or CR), or undefined where its end has not arrived. */
export function lineEnd(piece: TextPiece, from: number): { at: number; next: number } | undefined {
  const { text, last } = piece;
  const lf = find(piece, 'lf', from);
  const cr = find(piece, 'cr', from);
  if (cr < lf) {
    if (cr + 1 === lf) return { at: cr, next: lf + 1 };
    // The next piece may begin with the LF of a CRLF.
    if (cr + 1 === text.length && !last) return undefined;
    return { at: cr, next: cr + 1 };
  }
  if (lf !== Infinity) return { at: lf, next: lf + 1 };
  return last ? { at: text.length, next: text.length } : undefined;
}

/** Field by field, for a record that holds quotes. */
function readFields(piece: TextPiece, start: number): CsvRecord | undefined {
  const { text, delimiter } = piece;
  const cells: string[] = [];
  for (let at = start; ;) {
    if (text[at] !== '"') {
      const end = lineEnd(piece, at);
      const line = end ? text.slice(at, end.at) : text.slice(at);
      const length = line.indexOf(delimiter);
      if (length === -1) return end && { cells: [...cells, line], end: end.next };
      cells.push(line.slice(0, length));
      at += length + 1;
      continue;
    }
    const field = readQuoted(piece, at);
    if (field === undefined) return undefined;
    if (field === 'open') return broken(piece, start, 'has a quote that is never closed');
    cells.push(field.value);
    at = field.end + 1;
    if (text[field.end] === delimiter) continue;
    const end = lineEnd(piece, field.end);
    if (!end) return undefined;
    if (end.at === field.end) return { cells, end: end.next };
    return broken(piece, field.end, 'has text between a closing quote and the next delimiter');
  }
}

/** A quoted field, its doubled quotes made single; `end` is the place after its closing quote. */
function readQuoted({ text, last }: TextPiece, start: number): { value: string; end: number } | 'open' | undefined {
  let value = '';
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return last ? 'open' : undefined;
    if (quote + 1 === text.length && !last) return undefined; // The next piece may double it.
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}

/** Gives up the record; the next one begins on the next line. */
function broken(piece: TextPiece, at: number, error: string): CsvRecord | undefined {
  // Quotes were read ahead of `at`: what was found beyond it no longer holds.
  piece.next = { quote: -1, lf: -1, cr: -1 };
  const end = lineEnd(piece, at);
  return end && { cells: [], end: end.next, error };
}
