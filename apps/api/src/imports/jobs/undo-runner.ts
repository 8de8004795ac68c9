import { Injectable } from '@nestjs/common';
import { BulkCatalog } from '../../catalog/bulk-catalog.ts';
import { Database, type Queryable, violatedConstraint } from '../../database/database.ts';
import { BulkStock } from '../../stock/bulk-stock.ts';
import type { RowError } from '../rows/row.ts';
import type { Job } from './job.ts';
import { JobRepository } from './job.repository.ts';
import { RowRepository } from './row.repository.ts';
import { type TouchedItem, UndoRepository } from './undo.repository.ts';

/** Items in one transaction. */
const BATCH = 500;

/** Takes back what an import did, item by item, where nothing has happened to the item since. */
@Injectable()
export class UndoRunner {
  constructor(
    private readonly database: Database,
    private readonly items: BulkCatalog,
    private readonly stock: BulkStock,
    private readonly rows: RowRepository,
    private readonly undo: UndoRepository,
    private readonly jobs: JobRepository,
  ) {}

  /**
   * @param stopping ends it between two batches
   * @throws LeaseLost, and whatever the database throws: the job can be taken up again
   */
  async run(job: Job, stopping: AbortSignal): Promise<void> {
    let notUndone = 0;
    for (;;) {
      if (stopping.aborted) return;
      const batch = await this.undo.next(job.id, BATCH);
      if (batch.length === 0) break;
      notUndone += await this.undoBatch(job, batch, notUndone);
    }
    await this.database.transaction((tx) => this.jobs.finish(tx, job, null));
  }

  /** A barcode that another item has meanwhile undoes the whole batch; it is halved until the item is found. */
  private async undoBatch(job: Job, batch: TouchedItem[], before: number): Promise<number> {
    try {
      return await this.database.transaction((tx) => this.attempt(tx, job, batch, before), {
        isBackground: true,
        by: { actorId: job.actorId, importId: job.id },
      });
    } catch (error) {
      if (violatedConstraint(error) === undefined) throw error;
      if (batch.length === 1)
        return this.database.transaction((tx) =>
          this.attempt(tx, job, batch, before, 'another item has its barcode now'),
        );
      const half = Math.ceil(batch.length / 2);
      const first = await this.undoBatch(job, batch.slice(0, half), before);
      return first + (await this.undoBatch(job, batch.slice(half), before + first));
    }
  }

  private async attempt(
    tx: Queryable,
    job: Job,
    batch: TouchedItem[],
    before: number,
    refusal?: string,
  ): Promise<number> {
    const ids = batch.map(({ id }) => id);
    const items = new Map((await this.items.lockIds(tx, ids)).map((item) => [item.id, item]));
    const own = await this.undo.movements(tx, job.id);
    const levels = Map.groupBy(await this.stock.lockOf(tx, ids, own), ({ itemId }) => itemId);
    const reasons = new Map(
      batch.map((touched) => [
        touched.id,
        refusal ?? obstacle(touched, items.get(touched.id), levels.get(touched.id) ?? []),
      ]),
    );
    const free = batch.filter(({ id }) => reasons.get(id) === undefined);
    await this.takeBackStock(
      tx,
      job,
      free.flatMap(({ id }) => levels.get(id) ?? []),
    );
    await this.items.restore(
      tx,
      job.actorId,
      free.flatMap(({ id, before: was }) => (was ? [{ id, before: was }] : [])),
    );
    const created = free.filter((touched) => touched.created).map(({ id }) => id);
    await this.stock.removeEmpty(tx, created);
    await this.items.archive(tx, job.actorId, created);
    const kept = batch.filter(({ id }) => reasons.get(id) !== undefined);
    const errors = kept.map(({ id }): RowError => ({ line: 0, column: '', reason: `${items.get(id)?.sku ?? id} was not undone: ${reasons.get(id)}` })); // prettier-ignore
    await this.rows.addErrors(tx, job.id, errors, before);
    await this.undo.remove(tx, job.id, ids);
    await this.jobs.advanceUndo(tx, job, free.length, kept.length);
    return kept.length;
  }

  private async takeBackStock(tx: Queryable, job: Job, levels: Level[]): Promise<void> {
    const lines = levels
      .filter(({ own }) => own !== 0)
      .map(({ itemId, locationId, own, onHand }) => ({ itemId, locationId, delta: -own, onHandAfter: onHand - own }));
    if (lines.length === 0) return;
    const reference = job.fileName ?? `import ${job.id}`;
    await this.stock.post(tx, {
      type: 'adjustment',
      reference,
      reason: `undo of import ${job.id}`,
      actorId: job.actorId,
      lines,
    });
  }
}

interface Level {
  itemId: string;
  locationId: string;
  onHand: number;
  reserved: number;
  /** What the import changed it by. */
  own: number;
  /** Whether another movement came after. */
  since: boolean;
}

/** Why an item stays as it is, or undefined. */
function obstacle(
  touched: TouchedItem,
  item: { version: number; archived: boolean } | undefined,
  levels: Level[],
): string | undefined {
  if (!item || item.archived) return 'it is archived';
  if (item.version !== touched.version) return 'it was changed since';
  const affected = touched.created ? levels : levels.filter(({ own }) => own !== 0);
  if (affected.some(({ since }) => since)) return 'its stock moved since';
  if (touched.created && affected.some(({ reserved, onHand, own }) => reserved > 0 || onHand !== own))
    return 'it has stock or reservations';
  if (affected.some(({ onHand, own, reserved }) => onHand - own < reserved)) return 'its stock is reserved';
  return undefined;
}
