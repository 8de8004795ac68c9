import { attributeLimits, importColumns } from '#contracts';
import { CsvReader } from './csv-reader.ts';

/** What a column of the file is for: a field of the row, or an attribute. */
export interface Column {
  /** As the file calls it. */
  name: string;
  field: (typeof importColumns)[number] | undefined;
}

export interface Header {
  delimiter: string;
  columns: Column[];
}

/** Why a file as a whole cannot be imported; its message is for whoever sent it. */
export class FileError extends Error {}

const DELIMITERS = [',', ';', '\t'];
const fields = new Map(importColumns.map((name) => [name.toLowerCase(), name]));

/**
 * Reads the header from the beginning of the file. Its delimiter is the one that parts it into the most columns.
 * @param beginning holds the whole header, unless that is too long
 * @throws FileError
 */
export function readHeader(beginning: string, last: boolean): Header {
  const found = DELIMITERS.map((delimiter) => ({ delimiter, row: new CsvReader(delimiter).read(beginning, last)[0] }));
  if (found.every(({ row }) => !row)) throw new FileError(last ? 'The file is empty.' : 'The header is too long.');
  const [best] = found
    .filter(({ row }) => row && !row.error)
    .sort(
      (a, b) =>
        Number(hasSku(b.row!.cells)) - Number(hasSku(a.row!.cells)) || b.row!.cells.length - a.row!.cells.length,
    );
  if (!best) throw new FileError(`The header ${found[0]!.row!.error}.`);
  const columns = best.row!.cells.map((cell) => columnOf(cell.trim()));
  refuse(columns);
  return { delimiter: best.delimiter, columns };
}

/** Known columns are known in any case. */
const columnOf = (name: string): Column => ({ name, field: fields.get(name.toLowerCase()) });

const hasSku = (cells: string[]) => cells.some((cell) => columnOf(cell.trim()).field === 'sku');

function refuse(columns: Column[]): void {
  const names = columns.map(({ name, field }) => field ?? name);
  if (!names.includes('sku'))
    throw new FileError(`The header has no column sku; it has: ${names.join(', ').slice(0, 500)}`);
  const twice = names.find((name, n) => names.indexOf(name) < n);
  if (twice) throw new FileError(`The header has the column ${twice} twice.`);
  const attributes = columns.filter(({ field }) => !field).map(({ name }) => name);
  if (attributes.includes('')) throw new FileError('The header has a column without a name.');
  if (attributes.length > attributeLimits.count)
    throw new FileError(`The header has more than ${attributeLimits.count} attributes.`);
  const wrong = attributes.find((name) => name.length > attributeLimits.key || name.includes('\0'));
  if (wrong)
    throw new FileError(
      `The name of an attribute may have up to ${attributeLimits.key} characters: ${wrong.slice(0, 80)}`,
    );
}
