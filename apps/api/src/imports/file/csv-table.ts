import { importDelimiters, type ImportDelimiter, importLimits } from '#contracts';
import { CsvReader, type CsvRow, MAX_RECORD } from '#csv';
import { fieldOf } from '../mapping/aliases.ts';
import { FileError, headingsOf, isEmptyRow, type Row, type Table } from './table.ts';

/** Gives the file's text from its beginning, decoded. */
export type Texts = () => AsyncIterable<string>;

/** Spreadsheet programs write it as the first line, and read it. */
const SEP = /^"?sep=([,;\t|])"?(?:\r\n|\n|\r)/i;

/**
 * Finds the delimiter, where it is not named, and the header of a CSV file.
 * @throws FileError
 */
export async function readCsvTable(texts: Texts, named: ImportDelimiter | undefined): Promise<Table> {
  const { beginning, isWhole } = await beginningOf(texts);
  const sep = SEP.exec(beginning);
  const delimiters = named ? [importDelimiters[named]] : sep ? [sep[1]!] : Object.values(importDelimiters);
  const skipped = sep ? 1 : 0;
  const found = delimiters.flatMap((delimiter) => {
    const header = firstRow(beginning, delimiter, isWhole, skipped);
    return header ? [{ delimiter, header }] : [];
  });
  if (found.length === 0) throw new FileError(isWhole ? 'The file is empty.' : 'The header is too long.');
  const [best] = found.filter(({ header }) => !header.error).sort((a, b) => score(b.header) - score(a.header));
  if (!best) throw new FileError(`The header ${found[0]?.header.error}.`);
  const { delimiter, header } = best;
  const headings = headingsOf(header.cells);
  return {
    delimiter,
    sheet: null,
    sheets: [],
    headings,
    rows: () => rowsAfter(header.line, new CsvReader(delimiter), texts),
  };
}

async function beginningOf(texts: Texts): Promise<{ beginning: string; isWhole: boolean }> {
  let beginning = '';
  for await (const text of texts()) {
    beginning += text;
    if (beginning.length > MAX_RECORD) return { beginning, isWhole: false };
  }
  return { beginning, isWhole: true };
}

const firstRow = (beginning: string, delimiter: string, isWhole: boolean, skipped: number): CsvRow | undefined =>
  new CsvReader(delimiter).read(beginning, isWhole).find((row) => row.line > skipped && !isEmptyRow(row));

/** The right delimiter finds the most columns that are known, then, in case of a tie, the most columns. */
const score = ({ cells }: CsvRow): number =>
  cells.length + 1000 * cells.slice(0, importLimits.columns).filter((cell) => fieldOf(cell) !== undefined).length;

async function* rowsAfter(headerLine: number, reader: CsvReader, texts: Texts): AsyncGenerator<Row[]> {
  const wanted = (rows: CsvRow[]) => rows.filter((row) => row.line > headerLine && !isEmptyRow(row));
  for await (const text of texts()) yield wanted(reader.read(text));
  yield wanted(reader.read('', true));
}
