import { Inject, Injectable } from '@nestjs/common';
import type { DecimalSign, ImportDelimiter, ImportReading } from '#contracts';
import { importDelimiters } from '#contracts';
import { Database } from '../../database/database.ts';
import { analyse, type Analysis } from '../file/analyse.ts';
import { batchesOf, openTable } from '../file/import-file.ts';
import { correctedRows, groupedRows } from '../file/row-filters.ts';
import { FileError, type Row, type Table } from '../file/table.ts';
import { knownExportOf } from '../mapping/known-exports.ts';
import { mappingViolation, type ProposedColumn, proposeMapping } from '../mapping/propose-mapping.ts';
import { rowChecker } from '../rows/check-row.ts';
import type { Currency } from '../rows/money.ts';
import { ChunkRepository } from '../upload/chunk.repository.ts';
import { BatchImporter } from './batch-importer.ts';
import { BatchSize } from './batch-size.ts';
import type { Job } from './job.ts';
import { JobRepository } from './job.repository.ts';
import { RowRepository } from './row.repository.ts';

export const CURRENCY = Symbol('CURRENCY');

/** Rows that are read while the database works on those before. */
const READ_ROWS = 2000;
const NUMBERS = new Set(['unitCost', 'reorderPoint', 'quantity']);
/** The header of Stockroom's own export, which always writes a decimal point; older ones have no column `moreBarcodes`. */
const OWN_EXPORT = 'sku,name,description,barcode,category,unit,unitCost,reorderPoint,attributes';

/** Runs one job from where it stopped to its end. */
@Injectable()
export class ImportRunner {
  constructor(
    private readonly database: Database,
    private readonly chunks: ChunkRepository,
    private readonly jobs: JobRepository,
    private readonly importer: BatchImporter,
    private readonly rows: RowRepository,
    @Inject(CURRENCY) private readonly currency: Currency,
  ) {}

  /**
   * @param stopping ends it between two batches
   * @throws LeaseLost, and whatever the database throws: the job can be taken up again
   */
  async run(job: Job, stopping: AbortSignal): Promise<void> {
    try {
      const table = await openTable(this.chunks, { ...job, ...job.options });
      const corrections = await this.rows.corrections(job.id);
      const rows = () =>
        groupedRows(correctedRows(table.rows(), corrections), table.headings, knownExportOf(table.headings));
      if (job.rows === null) await this.determineReading(job, table, rows);
      await this.importAll(job, rows(), stopping);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return this.finish(job, error.message);
    }
    if (!stopping.aborted) await this.finish(job, null);
  }

  /** Reads the whole file once before any of it is booked: what its columns are, and how its numbers are written. */
  private async determineReading(job: Job, table: Table, rows: () => AsyncGenerator<Row[]>): Promise<void> {
    const { mapping } = job.options;
    const analysis = await analyse(rows(), table.headings.length, this.currency);
    const samples = analysis.columns.map(({ samples }) => samples);
    const columns = proposeMapping(table.headings, mapping, samples);
    const reading = readingOf(table, columns, analysis, job.options.decimal);
    const violation = mappingViolation(columns, mapping) ?? namelessColumn(columns, analysis);
    const questions = columns.map(({ question }) => question).filter((question) => question !== null);
    const problem = violation ?? (questions.length > 0 ? questions.join(' ').slice(0, 1000) : undefined);
    await this.jobs.setReading(job, problem === undefined ? analysis.rows : null, reading);
    if (problem !== undefined) throw new FileError(problem);
    job.reading = reading;
  }

  private async importAll(job: Job, rows: AsyncGenerator<Row[]>, stopping: AbortSignal): Promise<void> {
    const columns = job.reading!.columns.map(({ heading, target, decimal }) => ({
      heading, target: target as ProposedColumn['target'], decimal: decimal ?? undefined,
    })); // prettier-ignore
    const check = rowChecker(columns, this.currency);
    const batches = batchesOf(rows, READ_ROWS, job.done);
    const size = new BatchSize();
    // While the database works on one batch, the next one is read.
    let next = batches.next();
    for (;;) {
      const result = await next;
      if (result.done || stopping.aborted) return;
      const checked = result.value.map(check);
      next = batches.next();
      next.catch(() => undefined); // Seen where it is awaited.
      while (checked.length > 0 && !stopping.aborted) {
        const batch = checked.splice(0, size.rows);
        const begin = performance.now();
        await this.importer.importBatch(job, batch);
        size.record(batch.length, performance.now() - begin);
      }
    }
  }

  /** @param reason why the file as a whole failed, or null */
  async finish(job: Job, reason: string | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.jobs.finish(tx, job, reason === null ? null : reason.slice(0, 1000));
      // The file of a dry run, or of one that could not be read, can be read again otherwise.
      if (!job.dryRun && (reason === null || job.done > 0)) await this.chunks.remove(tx, job.fileId);
      await this.rows.removeDryRunItems(tx, job.id);
    });
  }
}

function readingOf(
  table: Table,
  columns: ProposedColumn[],
  analysis: Analysis,
  named: DecimalSign | undefined,
): ImportReading {
  const isNumber = (at: number) => NUMBERS.has(columns[at]!.target);
  const evidence = analysis.columns.flatMap(({ decimals }, at) =>
    isNumber(at) && decimals.size === 1 ? [...decimals] : [],
  );
  const isOwnExport = table.headings.filter((heading) => heading !== 'moreBarcodes').join(',') === OWN_EXPORT;
  const decimal = named ?? (isOwnExport ? 'point' : new Set(evidence).size === 1 ? evidence[0]! : null);
  const signOf = (at: number): DecimalSign | null => {
    const { decimals } = analysis.columns[at]!;
    if (!isNumber(at)) return null;
    if (named !== undefined || isOwnExport || decimals.size === 0) return decimal;
    return decimals.size === 1 ? [...decimals][0]! : null;
  };
  return {
    delimiter: (Object.entries(importDelimiters) as [ImportDelimiter, string][]).find(([, sign]) => sign === table.delimiter)?.[0] ?? null, // prettier-ignore
    sheet: table.sheet,
    sheets: table.sheets,
    decimal,
    columns: columns.map((column, at) => ({
      ...column,
      heading: column.heading.slice(0, 200),
      samples: analysis.columns[at]!.samples,
      decimal: signOf(at),
    })),
  };
}

function namelessColumn(columns: ProposedColumn[], analysis: Analysis): string | undefined {
  const at = columns.findIndex(({ heading }, at) => heading === '' && analysis.columns[at]!.samples.length > 0);
  if (at === -1) return undefined;
  return `The header has a column without a name: column ${at + 1} holds "${analysis.columns[at]!.samples[0]}". Give it a heading.`;
}
