import type { KnownExport } from '../mapping/known-exports.ts';
import { headingKey } from '../mapping/headings.ts';
import { isEmptyRow, type Row } from './table.ts';

/** The rows with those replaced that were corrected; one that a correction empties is left out. */
export async function* correctedRows(
  all: AsyncIterable<Row[]>,
  corrections: Map<number, string[]>,
): AsyncGenerator<Row[]> {
  for await (const rows of all) {
    if (corrections.size === 0) {
      yield rows;
      continue;
    }
    const corrected = rows.map((row): Row => {
      const cells = corrections.get(row.line);
      return cells ? { line: row.line, cells } : row;
    });
    yield corrected.filter((row) => !isEmptyRow(row));
  }
}

/** Gives the rows of one product the cells that only its first row has, and leaves out rows that only hold an image. */
export async function* groupedRows(
  all: AsyncIterable<Row[]>,
  headings: string[],
  known: KnownExport | undefined,
): AsyncGenerator<Row[]> {
  if (!known?.group) {
    yield* all;
    return;
  }
  const keys = headings.map(headingKey);
  const by = keys.indexOf(headingKey(known.group.by));
  const inherited = known.group.inherited.map((heading) => keys.indexOf(headingKey(heading))).filter((at) => at !== -1);
  const isImage = (row: Row) =>
    row.cells.every((cell, at) => cell === '' || at === by || keys[at]?.startsWith('image'));
  let first: Row | undefined;
  for await (const rows of all) {
    yield rows.flatMap((row) => {
      if (row.error !== undefined) return [row];
      const group = row.cells[by] ?? '';
      if (group === '' || first?.cells[by] !== group) {
        first = group === '' ? undefined : row;
        return [row];
      }
      if (isImage(row)) return [];
      for (const at of inherited) {
        while (row.cells.length <= at) row.cells.push('');
        if (row.cells[at] === '') row.cells[at] = first.cells[at] ?? '';
      }
      return [row];
    });
  }
}
