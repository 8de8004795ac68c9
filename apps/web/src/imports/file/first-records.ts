export interface CsvRecord {
  /** Where it begins; the first line is 1. */
  line: number;
  cells: string[];
}

/**
 * The first records of a CSV text (RFC 4180), empty lines aside. Whether they are right in every way is for the server
 * to say: this only shows them.
 * @param text its beginning; a record that it cuts off is left out
 * @param isWhole whether the text is the whole file
 */
export function firstRecords(text: string, delimiter: string, count: number, isWhole: boolean): CsvRecord[] {
  const records: CsvRecord[] = [];
  let [cells, cell, quoted, line, start]: [string[], string, boolean, number, number] = [[], '', false, 1, 1];
  const endRecord = () => {
    cells.push(cell.endsWith('\r') ? cell.slice(0, -1) : cell);
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells });
    [cells, cell, start] = [[], '', line];
  };
  for (let at = 0; at < text.length && records.length < count; at++) {
    const char = text[at]!;
    if (char === '\n') line++;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') cell += text[at++];
      else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n') endRecord();
    else cell += char;
  }
  if (isWhole && records.length < count && (cell !== '' || cells.length > 0)) endRecord();
  return records;
}
