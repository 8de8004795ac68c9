import { importTexts } from '../../texts/imports.ts';
import { type Column, columnOf } from './columns.ts';
import { type CsvRecord, firstRecords } from './first-records.ts';

const texts = importTexts.wrong;
/** How much of a file is looked at: it may have gigabytes. */
const BEGINNING_BYTES = 256 * 1024;
const ROWS_SHOWN = 8;
const DELIMITERS = [',', ';', '\t'];

export interface Preview {
  delimiter: string;
  columns: Column[];
  rows: CsvRecord[];
}

/** Why a file cannot be sent, in words for the person who chose it. */
export class WrongFile extends Error {}

/**
 * Reads the beginning of a file, with the rules by which the server finds columns and delimiter.
 * @throws WrongFile
 */
export async function readPreview(file: File): Promise<Preview> {
  if (file.size === 0) throw new WrongFile(texts.empty);
  const isWhole = file.size <= BEGINNING_BYTES;
  const bytes = await file
    .slice(0, BEGINNING_BYTES)
    .arrayBuffer()
    .catch(() => {
      throw new WrongFile(texts.unreadable);
    });
  const text = decode(new Uint8Array(bytes), file.name, isWhole);
  const [delimiter, records] = DELIMITERS.map(
    (delimiter) => [delimiter, firstRecords(text, delimiter, ROWS_SHOWN + 1, isWhole)] as const,
  ).reduce((best, other) => (score(other[1]) > score(best[1]) ? other : best));
  const [header, ...rows] = records;
  if (!header) throw new WrongFile(texts.empty);
  const columns = header.cells.map(columnOf);
  refuse(columns);
  return { delimiter, columns, rows };
}

/** The right delimiter finds the column sku, and else parts the first row into the most columns. */
const score = ([header]: CsvRecord[]): number =>
  header ? header.cells.length + (header.cells.some((cell) => columnOf(cell).field === 'sku') ? 1000 : 0) : 0;

function refuse(columns: Column[]): void {
  const names = columns.map(({ name, field }) => field ?? name);
  if (!names.includes('sku')) throw new WrongFile(texts.noSku(names.slice(0, 12)));
  const twice = names.find((name, n) => names.indexOf(name) < n);
  if (twice) throw new WrongFile(texts.twice(twice));
  if (names.includes('')) throw new WrongFile(texts.nameless);
}

/** How files begin that a spreadsheet program has written: ZIP (xlsx, ods, numbers) and OLE (xls). */
const SPREADSHEETS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

function decode(bytes: Uint8Array, name: string, isWhole: boolean): string {
  const begins = (start: number[]) => start.every((byte, n) => bytes[n] === byte);
  if (SPREADSHEETS.some(begins)) throw new WrongFile(texts.spreadsheet(name));
  if (begins([0xff, 0xfe]) || begins([0xfe, 0xff])) throw new WrongFile(texts.encoding(name));
  if (bytes.includes(0)) throw new WrongFile(texts.binary(name));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    throw new WrongFile(texts.encoding(name));
  }
}
