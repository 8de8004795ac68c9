import { parseWhole, parseXml } from './parse-xml.ts';
import { type Bytes, readEntry } from './zip-entries.ts';

export type CellKind = 'number' | 'date' | 'time' | 'date-time';

/** ECMA-376 §18.8.30: formats without a text of their own. */
const BUILT_IN: [from: number, to: number, kind: CellKind][] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'date-time'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 47, 'time'],
  [50, 54, 'date'],
  [55, 56, 'time'],
  [57, 58, 'date'],
];

/** What the numbers of each cell format (`s`) are. @throws FileError */
export async function readCellKinds(bytes: Bytes): Promise<CellKind[]> {
  const formats = new Map<number, string>();
  const kinds: CellKind[] = [];
  let isCellFormat = false;
  const parsing = parseXml(
    readEntry(bytes, (name) => /^xl\/styles\.xml$/i.test(name)),
    'styles',
    {
      open: (name, { numFmtId, formatCode }) => {
        if (name === 'cellXfs') isCellFormat = true;
        else if (name === 'numFmt') formats.set(Number(numFmtId), formatCode ?? '');
        else if (name === 'xf' && isCellFormat) kinds.push(kindOf(Number(numFmtId), formats));
      },
      close: (name) => {
        if (name === 'cellXfs') isCellFormat = false;
      },
    },
  );
  await parseWhole(parsing);
  return kinds;
}

function kindOf(id: number, formats: Map<number, string>): CellKind {
  const format = formats.get(id);
  if (format === undefined) return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2] ?? 'number';
  // Without what is in quotes, in brackets (colours, locales), or escaped.
  const letters = format.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  const hasDate = /[yd]/i.test(letters);
  const hasTime = /[hs]/i.test(letters);
  if (hasDate && hasTime) return 'date-time';
  if (hasTime) return 'time';
  return hasDate || /m/i.test(letters) ? 'date' : 'number';
}

const DAY_MS = 86_400_000;
/** Serial 0. 1900 counts a 29 February that was none, so that 60 and below are a day off; nothing is stocked since then. */
const EPOCHS = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };

/** A number of a workbook as text: digits with a decimal point, dates as ISO 8601. Undefined: it cannot be written so. */
export function numberText(stored: string, kind: CellKind, epoch: 1900 | 1904): string | undefined {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return undefined;
  if (kind === 'number') return plainNumber(value);
  const time = new Date(EPOCHS[epoch] + Math.round(value * 86_400) * 1000);
  if (value < 0 || value * DAY_MS > 1e14) return undefined;
  const [date, clock] = time.toISOString().slice(0, 19).split('T') as [string, string];
  if (kind === 'time') return value < 1 ? clock : `${date} ${clock}`;
  return kind === 'date' && clock === '00:00:00' ? date : `${date} ${clock}`;
}

/** With the 15 digits that spreadsheet programs keep and show: 4.5 is often stored as 4.4999999999999996. */
function plainNumber(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  return /e/.test(text) ? text.replace('e', 'E') : text;
}
