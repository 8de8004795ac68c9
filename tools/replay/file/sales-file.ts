import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CsvReader } from '#csv';

/** One line of the retailer's file, as far as stock and catalogue care. */
export interface SalesLine {
  /** A leading `C` marks a cancellation. */
  invoice: string;
  /** As it is spelt here: the same code comes in more than one case. */
  stockCode: string;
  /** Often missing, and not always the article's name. */
  description: string;
  /** Never 0. */
  quantity: number;
  /** Pence. Zero and below happen. */
  price: number;
}

export interface SalesFile {
  lines: SalesLine[];
  /** Tells this file from another one. */
  fingerprint: string;
}

const COLUMNS = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'UnitPrice'] as const;

/** @throws Error where the file is not of the form that UCI's "Online Retail" has, with the line's number */
export async function readSalesFile(path: string): Promise<SalesFile> {
  const bytes = await readFile(path);
  // The file goes round both as UTF-8 and as it was published, in Windows' Latin alphabet.
  const text = new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
  const [header, ...rows] = new CsvReader(',').read(text, true);
  const places = COLUMNS.map((name) => header?.cells.indexOf(name) ?? -1);
  if (places.includes(-1)) throw new Error(`${path} lacks one of the columns ${COLUMNS.join(', ')}.`);
  const lines = rows.map(({ cells, line, error }) => {
    if (error) throw new Error(`Line ${line} ${error}.`);
    return lineOf(
      places.map((place) => cells[place] ?? ''),
      line,
    );
  });
  const fingerprint = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return { lines: lines.filter(({ quantity }) => quantity !== 0), fingerprint };
}

/** @param cells those of `COLUMNS` */
function lineOf(cells: string[], number: number): SalesLine {
  const [invoice, stockCode, description, quantity, price] = cells.map(stripControlCharacters) as [
    string,
    string,
    string,
    string,
    string,
  ];
  if (!invoice || !stockCode || !/^-?\d+$/.test(quantity) || !/^-?\d+(\.\d+)?$/.test(price)) {
    throw new Error(`Line ${number} is no line of sales: ${cells.join(', ')}`);
  }
  return { invoice, stockCode, description, quantity: Number(quantity), price: Math.round(Number(price) * 100) };
}

/** Without control characters and the space at the ends. */
const stripControlCharacters = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
