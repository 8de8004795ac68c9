import type { FailedRow } from './queries.ts';

/** All cells of rows that were corrected, by the line of the row. */
export type Corrections = Record<number, string[]>;

/** As the API takes them. */
export const correctionsOf = (corrections: Corrections): { line: number; cells: string[] }[] =>
  Object.entries(corrections).map(([line, cells]) => ({ line: Number(line), cells }));

/** A cell for each heading, as corrected so far. */
export const cellsOf = ({ line, cells }: FailedRow, headings: string[], corrections: Corrections): string[] =>
  headings.map((_, at) => (corrections[line] ?? cells)[at] ?? '');

const isFaulty = ({ errors }: FailedRow, heading: string): boolean => errors.some(({ column }) => column === heading);

/** The positions of all columns, those first in which something is wrong. */
export function faultyFirst(headings: string[], rows: FailedRow[]): number[] {
  const isGood = (at: number) => Number(!rows.some((row) => isFaulty(row, headings[at]!)));
  return headings.map((_, at) => at).sort((one, other) => isGood(one) - isGood(other));
}

/** The same wrong value in the same column of several rows. */
export interface RepeatedFault {
  at: number;
  value: string;
  lines: number[];
}

/** What has not been corrected yet, the most frequent first. */
export function repeatedFaults(headings: string[], rows: FailedRow[], corrections: Corrections): RepeatedFault[] {
  const faults = new Map<string, RepeatedFault>();
  for (const row of rows)
    headings.forEach((heading, at) => {
      const value = row.cells[at] ?? '';
      if (!isFaulty(row, heading) || cellsOf(row, headings, corrections)[at] !== value) return;
      const key = `${at} ${value}`;
      const fault = faults.get(key) ?? { at, value, lines: [] };
      faults.set(key, { ...fault, lines: [...fault.lines, row.line] });
    });
  return [...faults.values()]
    .filter(({ lines }) => lines.length > 1)
    .sort((one, other) => other.lines.length - one.lines.length);
}

/** @returns the corrections with the fault's value replaced in all its rows */
export function replaced(
  rows: FailedRow[],
  corrections: Corrections,
  { at, lines }: RepeatedFault,
  value: string,
): Corrections {
  const changed = rows.filter(({ line }) => lines.includes(line));
  return {
    ...corrections,
    ...Object.fromEntries(
      changed.map((row) => {
        const cells = corrections[row.line] ?? row.cells;
        const width = Math.max(cells.length, at + 1);
        return [row.line, Array.from({ length: width }, (_, n) => (n === at ? value : (cells[n] ?? '')))];
      }),
    ),
  };
}

/** Codes of locations that rows name and that do not exist. */
export function missingLocations(rows: FailedRow[]): string[] {
  const codes = rows.flatMap(({ errors }) =>
    errors.flatMap(({ reason }) => /^there is no location (.+)$/s.exec(reason)?.[1] ?? []),
  );
  return [...new Set(codes)];
}
