import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sale = (n: number) => `80${n % 7},Kettle no. ${n % 7},${1 + (n % 3)},02/12/2010 10:00,4.25,17850,United Kingdom`;

/** Made up, with every kind of dirt that real sales have. */
const LINES = [
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  '700001,85A,"JUG, ""OLD ROSE""",6,01/12/2010 08:26,2.55,17850,United Kingdom',
  '700001,85a,"JUG, ""OLD ROSE""",2,01/12/2010 08:26,2.95,17850,United Kingdom',
  '700001,gift_40,Gift voucher £40.00,1,01/12/2010 08:26,34.04,,United Kingdom',
  'C700002,85A,"JUG, ""OLD ROSE""",-5,01/12/2010 09:00,2.55,17850,United Kingdom',
  '700003,85A,cracked,-3,01/12/2010 09:10,0,,United Kingdom',
  '700004,9001,,-20,01/12/2010 09:20,0,,United Kingdom',
  '700005,85A,wrongly sold?,1,01/12/2010 09:30,-1.5,,EIRE',
  '',
  '700006,85A,"JUG, ""OLD ROSE""",0,01/12/2010 09:40,2.55,,EIRE',
  'C700007,STAMP,Café stamp,-4,01/12/2010 09:50,0.42,,France',
  '700008,85A,"JUG, ""OLD ROSE""",1,01/12/2010 09:55,2.95,,France',
  '700008,STAMP,lost,-1,01/12/2010 09:55,0,,France',
  // Longer than a movement may be.
  ...Array.from({ length: 1_100 }, (_, n) => `700009,${sale(n)}`),
  ...Array.from({ length: 40 }, (_, n) => `${700010 + n},${sale(n)}`),
];

/** What the file says is left of each, by hand: opening stock is what goes out, and what is left is what came back. */
export const LEFT = {
  '85A': 5,
  gift_40: 0,
  '9001': 0,
  STAMP: 4,
  '800': 0,
  '801': 0,
  '802': 0,
  '803': 0,
  '804': 0,
  '805': 0,
  '806': 0,
};
export const INVOICES = 48;
/** Opening stock, one movement for each invoice, one more for the invoice of two kinds, two more for the long one. */
export const MOVEMENTS = 1 + INVOICES + 1 + 2;
export const ITEMS = Object.keys(LEFT).length;
/** But for the one of quantity 0. */
export const SALES = LINES.length - 3;

/** A folder with the sales in it, in the alphabet of a Windows of that time. */
export function salesFile(): { file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'stockroom-replay-'));
  const file = join(folder, 'sales.csv');
  writeFileSync(file, LINES.join('\r\n'), 'latin1');
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}
