import { csvLine } from '#csv';
import type { ImportRepository } from './import.repository.ts';
import { REASON_HEADING } from './mapping/propose-mapping.ts';

/** A reader holds one page, and a row may have 128 Ki characters. */
const PAGE = 25;

/**
 * The rows that were left out, as the file has them, with the reasons: ready to be corrected and sent again. Page by page: a
 * slow reader holds no connection.
 */
export async function* failedCsv(imports: ImportRepository, id: string): AsyncGenerator<string> {
  const headings = await imports.headings(id);
  yield csvLine([...headings, REASON_HEADING]);
  for (let after = -1; ;) {
    const rows = await imports.failedRows(id, after, PAGE);
    if (rows.length === 0) return;
    yield rows.map(({ cells, reasons }) => csvLine([...headings.map((_, at) => cells[at] ?? ''), reasons])).join('');
    after = Number(rows.at(-1)!.line);
  }
}
