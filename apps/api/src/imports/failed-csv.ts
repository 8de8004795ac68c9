import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { csvLine } from '#csv';
import type { ImportRepository } from './import.repository.ts';
import { REASON_HEADING } from './mapping/propose-mapping.ts';

const PAGE = 500;

/** The rows that were left out, as the file has them, with the reasons: ready to be corrected and sent again. */
export function failedCsv(imports: ImportRepository, id: string, reply: FastifyReply): StreamableFile {
  reply.headers({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="import-${id}-failed.csv"`,
  });
  return new StreamableFile(Readable.from(linesOf(imports, id), { objectMode: false }));
}

/** Page by page: a slow reader holds no connection. */
async function* linesOf(imports: ImportRepository, id: string): AsyncGenerator<string> {
  const headings = await imports.headings(id);
  yield csvLine([...headings, REASON_HEADING]);
  for (let after = -1; ;) {
    const rows = await imports.failedRows(id, after, PAGE);
    if (rows.length === 0) return;
    yield rows.map(({ cells, reasons }) => csvLine([...headings.map((_, at) => cells[at] ?? ''), reasons])).join('');
    after = Number(rows.at(-1)!.line);
  }
}
