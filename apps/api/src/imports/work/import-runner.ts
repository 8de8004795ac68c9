import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.ts';
import { FileError, type Header } from '../csv/header.ts';
import { rowChecker } from '../rows/check-row.ts';
import { ChunkRepository } from '../upload/chunk.repository.ts';
import { ImportFile } from './import-file.ts';
import type { Job } from './job.ts';
import { JobRepository } from './job.repository.ts';
import { BatchImporter } from './batch-importer.ts';
import { RowRepository } from './row.repository.ts';

/** Rows in one transaction: enough to spread its cost, few enough that nobody waits long for its locks. */
const BATCH = 2000;

/** Does one job, from wherever it is, to its end. */
@Injectable()
export class ImportRunner {
  constructor(
    private readonly database: Database,
    private readonly chunks: ChunkRepository,
    private readonly jobs: JobRepository,
    private readonly booker: BatchImporter,
    private readonly rows: RowRepository,
  ) {}

  /**
   * @param stopping ends it between two batches
   * @throws LeaseLost, and whatever the database throws: the job can be taken up again
   */
  async run(job: Job, stopping: AbortSignal): Promise<void> {
    const file = new ImportFile(this.chunks, job.id);
    try {
      const header = await file.header();
      if (job.rows === null) await this.jobs.setRows(job, await file.count(header));
      await this.bookAll(job, file, header, stopping);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return this.finish(job, error.message);
    }
    if (!stopping.aborted) await this.finish(job, null);
  }

  private async bookAll(job: Job, file: ImportFile, header: Header, stopping: AbortSignal): Promise<void> {
    const check = rowChecker(header.columns);
    const batches = file.batches(header, BATCH, job.done);
    // While the database works on one batch, the next one is read.
    let next = batches.next();
    for (;;) {
      const result = await next;
      if (result.done || stopping.aborted) return;
      const checked = result.value.map((row) => ({ line: row.line, ...check(row) }));
      next = batches.next();
      next.catch(() => undefined); // Seen where it is awaited.
      await this.booker.importBatch(job, checked);
    }
  }

  /** @param reason why the file as a whole failed, or null */
  async finish(job: Job, reason: string | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.jobs.finish(tx, job, reason);
      await this.chunks.remove(tx, job.id);
      await this.rows.removeDryRunItems(tx, job.id);
    });
  }
}
