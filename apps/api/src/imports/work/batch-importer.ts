import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem } from '#service';
import { BulkItemRepository } from '../../catalog/bulk-item.repository.ts';
import { Database, type Queryable, violatedConstraint } from '../../database/database.ts';
import { OpeningStock } from '../../stock/opening-stock.ts';
import { DEFAULT_LOCATION, type ExistingData, evaluateRows, type BatchPlan } from '../rows/evaluate-rows.ts';
import type { ItemRow, RowError } from '../rows/row.ts';
import { type Job } from './job.ts';
import { JobRepository } from './job.repository.ts';
import { RowRepository } from './row.repository.ts';

/** Rows of a file that follow one another, each checked in itself. */
export type CheckedRow = { line: number } & ({ row: ItemRow } | { errors: RowError[] });

/** Does rows and writes down that they are done, in one transaction. */
@Injectable()
export class BatchImporter {
  constructor(
    private readonly database: Database,
    private readonly items: BulkItemRepository,
    private readonly stock: OpeningStock,
    private readonly rows: RowRepository,
    private readonly jobs: JobRepository,
  ) {}

  /**
   * What only the database sees (a SKU or a barcode that somebody else took this instant, a level past the largest one)
   * undoes the whole batch; it is halved until the row is found.
   * @throws LeaseLost
   */
  async importBatch(job: Job, batch: CheckedRow[]): Promise<void> {
    try {
      await this.database.transaction((tx) => this.attempt(tx, job, batch));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      if (batch.length === 1) return this.bookAsWrong(job, batch[0]!.line, refusal);
      const half = Math.ceil(batch.length / 2);
      await this.importBatch(job, batch.slice(0, half));
      await this.importBatch(job, batch.slice(half));
    }
  }

  private async attempt(tx: Queryable, job: Job, batch: CheckedRow[]): Promise<void> {
    const good = batch.flatMap((checked) => ('row' in checked ? [checked.row] : []));
    const keys = await this.items.foldSkus(
      tx,
      good.map(({ sku }) => sku),
    );
    const verdict = evaluateRows(good, keys, await this.find(tx, job, good, keys), job.mode, randomUUIDv7);
    if (job.dryRun) await this.rows.saveDryRunItems(tx, job.id, verdict.changes);
    else await this.apply(tx, job, verdict);
    const errors = [...batch.flatMap((checked) => ('row' in checked ? [] : checked.errors)), ...verdict.errors];
    await this.rows.addErrors(tx, job.id, errors);
    const { created, updated } = verdict;
    await this.jobs.advance(tx, job, { created, updated, failed: batch.length - created - updated });
  }

  private async find(tx: Queryable, job: Job, rows: ItemRow[], keys: string[]): Promise<ExistingData> {
    const barcodes = distinct(rows.map(({ fields }) => fields.barcode));
    const places = rows.filter(({ location, quantity }) => location !== undefined || quantity);
    const found: ExistingData = {
      items: await this.items.lockBySku(tx, distinct(keys)),
      barcodes: await this.items.findByBarcode(tx, barcodes),
      locations: await this.items.lockLocations(
        tx,
        distinct(places.map(({ location }) => location ?? DEFAULT_LOCATION)),
      ),
    };
    if (job.dryRun) remember(found, await this.rows.findDryRunItems(tx, job.id, distinct(keys), barcodes), keys);
    return found;
  }

  private async apply(tx: Queryable, job: Job, { changes, receipts }: BatchPlan): Promise<void> {
    await this.items.update(
      tx,
      changes.filter(({ isNew }) => !isNew),
    );
    await this.items.insert(
      tx,
      changes.filter(({ isNew }) => isNew),
    );
    await this.stock.receive(tx, { reference: `import ${job.id}`, actorId: job.actorId, lines: receipts });
  }

  private async bookAsWrong(job: Job, line: number, refusal: Omit<RowError, 'line'>): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.rows.addErrors(tx, job.id, [{ line, ...refusal }]);
      await this.jobs.advance(tx, job, { created: 0, updated: 0, failed: 1 });
    });
  }
}

const distinct = (values: (string | undefined)[]): string[] =>
  [...new Set(values)].filter((value) => value !== undefined);

/** Puts what a dry run would have done before into what was found. */
function remember(
  found: ExistingData,
  seen: Awaited<ReturnType<RowRepository['findDryRunItems']>>,
  keys: string[],
): void {
  const wanted = new Set(keys);
  const items = new Map(found.items.map((item) => [item.key, item]));
  for (const { key, barcode, attributes } of seen) {
    const known = items.get(key) ?? { id: randomUUIDv7(), key, barcode: null, archived: false, attributes: [] };
    if (barcode !== null) {
      if (known.barcode !== null && found.barcodes.get(known.barcode) === key) found.barcodes.delete(known.barcode);
      found.barcodes.set(barcode, key);
    }
    if (wanted.has(key)) {
      items.set(key, { ...known, barcode: barcode ?? known.barcode, attributes: [...known.attributes, ...attributes] });
    }
  }
  found.items = [...items.values()];
}

function refusalOf(error: unknown): Omit<RowError, 'line'> | undefined {
  if (error instanceof Problem && error.kind === 'conflict') return { column: 'quantity', reason: error.detail };
  const constraint = violatedConstraint(error);
  if (constraint === 'item_barcode_taken') return { column: 'barcode', reason: 'is another item’s' };
  if (constraint === 'item_sku_taken') return { column: 'sku', reason: 'was taken just now' };
  return constraint === undefined ? undefined : { column: '', reason: `breaks the rule ${constraint}` };
}
