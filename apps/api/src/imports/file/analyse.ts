import type { DecimalSign } from '#contracts';
import { decimalEvidence } from '../rows/parse-number.ts';
import { type Currency, withoutCurrency } from '../rows/money.ts';
import type { Row } from './table.ts';

const SAMPLES = 3;
const SAMPLE_LENGTH = 60;

/** What the whole of a file says. */
export interface Analysis {
  rows: number;
  /** By position. */
  columns: ColumnAnalysis[];
}

export interface ColumnAnalysis {
  samples: string[];
  /** The decimal signs that its cells can only be read with. */
  decimals: Set<DecimalSign>;
}

/** Reads all rows once. */
export async function analyse(rows: AsyncIterable<Row[]>, width: number, currency: Currency): Promise<Analysis> {
  const columns = Array.from({ length: width }, (): ColumnAnalysis => ({ samples: [], decimals: new Set() }));
  let count = 0;
  for await (const some of rows) {
    count += some.length;
    for (const { cells, exact } of some) {
      for (let at = 0; at < width && at < cells.length; at++) {
        const cell = cells[at]!;
        if (cell === '') continue;
        const column = columns[at]!;
        if (column.samples.length < SAMPLES) addSample(column, cell);
        if (column.decimals.size < 2 && !exact?.[at] && cell.length < 40 && /\d[.,]\d/.test(cell))
          addEvidence(column, cell, currency);
      }
    }
  }
  return { rows: count, columns };
}

function addSample({ samples }: ColumnAnalysis, cell: string): void {
  const sample = cell.slice(0, SAMPLE_LENGTH).toWellFormed().replaceAll('\0', '\ufffd');
  if (!samples.includes(sample)) samples.push(sample);
}

function addEvidence(column: ColumnAnalysis, cell: string, currency: Currency): void {
  const amount = withoutCurrency(cell, currency);
  const sign = decimalEvidence('amount' in amount ? amount.amount : cell);
  if (sign) column.decimals.add(sign);
}
