/** One cell, quoted or not, and what ends it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/**
 * The rows of a CSV text (RFC 4180), each with the number of the line that it begins on. Empty lines are left out.
 * @throws Error at a cell that is not of the form
 */
export function* parse(text: string): Generator<{ cells: string[]; line: number }> {
  let cells: string[] = [];
  let line = 1;
  let begin = 1;
  CELL.lastIndex = 0;
  for (let at = 0; at < text.length; at = CELL.lastIndex) {
    const [whole, quoted, plain, end] = CELL.exec(text) ?? [];
    if (whole === undefined) throw new Error(`Line ${line}: a quotation mark is out of place.`);
    cells.push(quoted?.replaceAll('""', '"') ?? plain!);
    line += whole.split('\n').length - 1;
    if (end === ',' && CELL.lastIndex < text.length) continue;
    if (cells.length > 1 || cells[0] !== '') yield { cells, line: begin };
    cells = [];
    begin = line;
  }
}

/** Rows as CSV. */
export const stringify = (rows: string[][]): string => rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');

const cellOf = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
