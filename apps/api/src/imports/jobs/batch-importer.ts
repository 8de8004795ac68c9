import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ImportColumn } from '#contracts';
import { Problem } from '#service';
import { BulkCatalog, type ChangedItem } from '../../catalog/bulk-catalog.ts';
import { Database, type Queryable, violatedConstraint } from '../../database/database.ts';
import { BulkStock } from '../../stock/bulk-stock.ts';
import { type BatchPlan, DEFAULT_LOCATION, evaluateRows, type ExistingData, levelKey, placeOf } from '../rows/evaluate-rows.ts'; // prettier-ignore
import type { CheckedRow, ItemRow, RowError } from '../rows/row.ts';
import { addDryRunItems } from './dry-run.ts';
import { type Job } from './job.ts';
import { JobRepository } from './job.repository.ts';
import { RowRepository } from './row.repository.ts';
import { UndoRepository } from './undo.repository.ts';

/** Imports rows and records that they are done, in one transaction. */
@Injectable()
export class BatchImporter {
  constructor(
    private readonly database: Database,
    private readonly items: BulkCatalog,
    private readonly stock: BulkStock,
    private readonly rows: RowRepository,
    private readonly undo: UndoRepository,
    private readonly jobs: JobRepository,
  ) {}

  /**
   * What only the database sees (a SKU or a barcode that another writer took this instant, a level past the largest one)
   * undoes the whole batch; it is halved until the row is found.
   * @throws LeaseLost
   */
  async importBatch(job: Job, batch: CheckedRow[]): Promise<void> {
    try {
      await this.database.transaction((tx) => this.attempt(tx, job, batch), {
        isBackground: true,
        by: { actorId: job.actorId, importId: job.id },
      });
    } catch (error) {
      const refusal = refusalOf(error, job);
      if (!refusal) throw error;
      if (batch.length === 1) return this.addAsFailed(job, batch[0]!, refusal);
      const half = Math.ceil(batch.length / 2);
      await this.importBatch(job, batch.slice(0, half));
      await this.importBatch(job, batch.slice(half));
    }
  }

  private async attempt(tx: Queryable, job: Job, batch: CheckedRow[]): Promise<void> {
    const rows = batch.map(({ row }) => row);
    const keys = await this.items.foldSkus(
      tx,
      rows.map(({ sku }) => sku),
    );
    const existing = await this.find(tx, job, rows, keys);
    const { mode, stock } = job;
    const options = { mode, stock, newId: randomUUIDv7, headingOf: (field: ImportColumn) => headingOf(job, field) };
    const plan = evaluateRows(batch, keys, existing, options);
    if (job.dryRun) await this.rows.saveDryRunItems(tx, job.id, plan.changes);
    else await this.apply(tx, job, plan, existing);
    await this.rows.addErrors(tx, job.id, [...plan.errors, ...plan.notices]);
    await this.rows.addFailed(tx, job.id, plan.failed);
    const { created, updated } = plan;
    await this.jobs.advance(tx, job, {
      created, updated, failed: plan.failed.length, stockSkipped: plan.notices.length,
      stockDelta: plan.stock.reduce((sum, { delta }) => sum + delta, 0),
    }); // prettier-ignore
  }

  private async find(tx: Queryable, job: Job, rows: ItemRow[], keys: string[]): Promise<ExistingData> {
    const barcodes = distinct(rows.flatMap(({ fields: { barcode, moreBarcodes = [] } }) => [barcode, ...moreBarcodes]));
    const wantedKeys = distinct(keys).filter((key) => key !== '');
    const existing: ExistingData = {
      items: await this.items.lockBySku(tx, wantedKeys),
      barcodes: await this.items.findByBarcode(tx, barcodes),
      locations: await this.items.lockLocations(tx, distinct(rows.map(placeOf))),
      levels: new Map(),
    };
    await this.addLevels(tx, job, rows, keys, existing);
    if (job.dryRun) addDryRunItems(existing, await this.rows.findDryRunItems(tx, job.id, wantedKeys, barcodes), keys);
    return existing;
  }

  /** Those that rows name, of items that were there: an item that this batch makes has none. */
  private async addLevels(
    tx: Queryable,
    job: Job,
    rows: ItemRow[],
    keys: string[],
    existing: ExistingData,
  ): Promise<void> {
    if (job.stock === 'ignore' || existing.items.length === 0) return;
    const items = new Map(existing.items.map((item) => [item.key, item]));
    const wanted = new Map<string, { itemId: string; locationId: string }>();
    rows.forEach(({ quantity, location = DEFAULT_LOCATION }, n) => {
      const item = items.get(keys[n]!);
      const place = existing.locations.get(location);
      if (quantity === undefined || !item || item.archived || !place || place.archived) return;
      wanted.set(levelKey(item.id, place.id), { itemId: item.id, locationId: place.id });
    });
    if (wanted.size === 0) return;
    const own = await this.undo.movements(tx, job.id);
    const stockKeys = [...wanted.values()];
    const levels = job.dryRun ? await this.stock.find(tx, stockKeys, own) : await this.stock.lock(tx, stockKeys, own);
    for (const { itemId, locationId, onHand, hasMovements } of levels)
      existing.levels.set(levelKey(itemId, locationId), { onHand, hasMovements });
  }

  private async apply(tx: Queryable, job: Job, { changes, stock }: BatchPlan, existing: ExistingData): Promise<void> {
    const created = changes.filter(({ isNew }) => isNew);
    const known = changes.filter(({ isNew }) => !isNew);
    const changed = new Map<string, ChangedItem>(
      (await this.items.update(tx, job.actorId, known)).map((item) => [item.id, item]),
    );
    await this.items.insert(tx, job.actorId, created);
    const versions = new Map(existing.items.map(({ id, version }) => [id, version]));
    await this.undo.addTouched(tx, job.id, [
      ...created.map(({ id }) => ({ id, version: 1, created: true, before: null })),
      ...known.map(({ id }) => {
        const { version = versions.get(id)!, before = null } = changed.get(id) ?? {};
        return { id, version, created: false, before };
      }),
    ]);
    if (stock.length === 0) return;
    const reference = job.fileName ?? `import ${job.id}`;
    const type = job.stock === 'set' ? 'count' : 'receipt';
    await this.undo.addMovement(
      tx,
      job.id,
      await this.stock.post(tx, { type, reference, actorId: job.actorId, lines: stock }),
    );
  }

  private async addAsFailed(job: Job, checked: CheckedRow, refusal: Omit<RowError, 'line'>): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.rows.addErrors(tx, job.id, [{ line: checked.row.line, ...refusal }]);
      await this.rows.addFailed(tx, job.id, [checked]);
      await this.jobs.advance(tx, job, { created: 0, updated: 0, failed: 1, stockSkipped: 0, stockDelta: 0 });
    });
  }
}

const distinct = (values: (string | undefined)[]): string[] =>
  [...new Set(values)].filter((value) => value !== undefined);

/** What the file calls the column of a field. */
const headingOf = ({ reading }: Job, field: ImportColumn): string =>
  reading?.columns.find(({ target }) => target === field)?.heading ?? field;

function refusalOf(error: unknown, job: Job): Omit<RowError, 'line'> | undefined {
  if (error instanceof Problem && error.kind === 'conflict')
    return { column: headingOf(job, 'quantity'), reason: error.detail };
  const constraint = violatedConstraint(error);
  if (constraint === 'item_barcode_taken') return { column: headingOf(job, 'barcode'), reason: 'is another item’s' };
  if (constraint === 'item_sku_taken') return { column: headingOf(job, 'sku'), reason: 'was taken just now' };
  return constraint === undefined ? undefined : { column: '', reason: `breaks the rule ${constraint}` };
}
