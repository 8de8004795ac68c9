import { importLimits } from '#contracts';
import { MAX_RECORD } from '#csv';
import { charactersOf, FileError, type Row } from '../table.ts';
import { type CellKind, numberText } from './number-formats.ts';
import { parseXml } from './parse-xml.ts';
import { textHandlers, unescaped } from './rich-text.ts';
import { type Bytes, readEntry } from './zip-entries.ts';

/** Cells beyond the header's columns are read only to be reported. */
const MAX_COLUMNS = 2 * importLimits.columns;

/** What cells refer to. */
export interface Workbook {
  texts: string[];
  kinds: CellKind[];
  epoch: 1900 | 1904;
}

/** A cell while it is read. */
interface Cell {
  at: number;
  name: string;
  type: string;
  style: number;
  value: string;
  isFormula: boolean;
}

/** The rows of a sheet, some at a time. @throws FileError */
export async function* readSheetRows(
  bytes: Bytes,
  path: string,
  sheet: string,
  workbook: Workbook,
): AsyncGenerator<Row[]> {
  const rows: Row[] = [];
  let row: Row = { line: 0, cells: [] };
  let cell: Cell | undefined;
  let isValue = false;
  let found = false;
  const inline = textHandlers();
  const parsing = parseXml(
    readEntry(bytes, (name) => name.toLowerCase() === path.toLowerCase()),
    `sheet "${sheet}"`,
    {
      open: (name, attributes) => {
        if (name === 'row') row = { line: lineOf(attributes.r, row.line), cells: [] };
        else if (name === 'c') cell = newCell(attributes, row);
        else if (name === 'v') isValue = true;
        else if (name === 'f' && cell) cell.isFormula = true;
        else inline.open(name, attributes);
      },
      text: (text) => {
        if (isValue && cell) cell.value += text;
        else inline.text(text);
      },
      close: (name) => {
        if (name === 'v') isValue = false;
        else if (name === 'row') rows.push(withinLimit(row));
        else if (name === 'c' && cell) {
          if (cell.type === 'inlineStr') cell.value = inline.take();
          keep(row, cell, workbook);
          cell = undefined;
        } else inline.close(name);
      },
    },
  );
  while (!(await parsing.next()).done) {
    found = true;
    yield rows.splice(0);
  }
  if (!found) throw new FileError(`The workbook is damaged: the sheet "${sheet}" is not in it.`);
}

/** A row holds no more than a record of a CSV file: many cells may name one long text. */
const withinLimit = (row: Row): Row =>
  charactersOf(row) <= MAX_RECORD
    ? row
    : { line: row.line, cells: [], error: `is longer than ${MAX_RECORD} characters` };

const lineOf = (r: string | undefined, before: number): number =>
  r !== undefined && /^\d{1,7}$/.test(r) ? Number(r) : before + 1;

function newCell({ r, t = 'n', s }: Record<string, string>, { line, cells }: Row): Cell {
  const at = columnOf(r) ?? cells.length;
  return { at, name: r ?? `${at + 1} of row ${line}`, type: t, style: Number(s ?? 0), value: '', isFormula: false };
}

/** A1 is 0, B1 is 1, AA1 is 26. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d+$)/.exec(reference ?? '')?.[0];
  return letters === undefined
    ? undefined
    : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function keep(row: Row, cell: Cell, workbook: Workbook): void {
  const read = readCell(cell, workbook);
  if ('reason' in read) {
    row.error ??= `cannot be read: cell ${cell.name} ${read.reason}`;
    return;
  }
  if (read.text === '') return;
  if (cell.at >= MAX_COLUMNS) {
    row.error ??= `has a value in cell ${cell.name}; a file may have ${importLimits.columns} columns`;
    return;
  }
  while (row.cells.length <= cell.at) row.cells.push('');
  row.cells[cell.at] = read.text;
  if (read.exact) (row.exact ??= [])[cell.at] = true;
}

function readCell(
  { type, style, value, isFormula }: Cell,
  { texts, kinds, epoch }: Workbook,
): { text: string; exact?: boolean } | { reason: string } {
  switch (type) {
    case 's': {
      const text = texts[Number(value)];
      return text === undefined ? { reason: `names the text ${value}, which is not there` } : { text };
    }
    case 'str':
      return { text: unescaped(value) };
    case 'inlineStr':
      return { text: value };
    case 'b':
      return { text: value === '1' ? 'TRUE' : 'FALSE' };
    case 'e':
      return { reason: `holds the error ${value}` };
    case 'd':
      return { text: value };
    default: {
      if (value === '') return isFormula ? { reason: 'holds a formula without its result: open the workbook in a spreadsheet program and save it' } : { text: '' }; // prettier-ignore
      const kind = kinds[style] ?? 'number';
      const text = numberText(value, kind, epoch);
      return text === undefined
        ? { reason: `holds ${value.slice(0, 40)}, which is not a number or date` }
        : { text, exact: kind === 'number' };
    }
  }
}
