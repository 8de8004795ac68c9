import { importLimits } from '#contracts';
import type { CsvRow } from '#csv';

/** A row of a CSV file or of a sheet. `line` is the line that it begins on, or the row's number. */
export interface Row extends CsvRow {
  /** For each cell whether it is a number that a workbook stores as one: its text then has a decimal point and no grouping. */
  exact?: boolean[];
}

/** A file with a header and rows, read from its beginning as often as is needed, in constant memory. */
export interface Table {
  delimiter: string | null;
  sheet: string | null;
  sheets: string[];
  headings: string[];
  /** The rows after the header that hold anything, some at a time. @throws FileError */
  rows(): AsyncGenerator<Row[]>;
}

/** Why a file as a whole cannot be imported; its message is for the sender. */
export class FileError extends Error {}

export const charactersOf = ({ cells }: Row): number => cells.reduce((sum, cell) => sum + cell.length, 0);

export const isEmptyRow = ({ cells, error }: Row): boolean => error === undefined && cells.every((cell) => cell === '');

/**
 * Headings without the white space around them; trailing columns that have none are not columns.
 * @throws FileError
 */
export function headingsOf(cells: string[]): string[] {
  const all = cells.map((cell) => cell.replace(/^\ufeff/, '').trim());
  const headings = all.slice(0, all.findLastIndex((heading) => heading !== '') + 1);
  if (headings.length > importLimits.columns)
    throw new FileError(`The header has ${headings.length} columns; a file may have ${importLimits.columns}. Leave out those that are not needed.`); // prettier-ignore
  const damaged = headings.findIndex((heading) => heading.includes('\0'));
  if (damaged !== -1)
    throw new FileError(`The header is damaged: its column ${damaged + 1} holds a null character (U+0000). Save the file again as "CSV UTF-8".`); // prettier-ignore
  return headings;
}
