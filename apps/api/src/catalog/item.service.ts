import { Injectable } from '@nestjs/common';
import type { CreateItem, FacetOptions, ItemChange, ListItems, UpdateItem, UpdateItems } from '#contracts';
import { InputErrors, Problem } from '#service';
import { Database, type Queryable } from '../database/database.ts';
import { etagOf } from '../http/etag.ts';
import { JsonResponse, created, noContent, ok, type Resource } from '../http/json-response.ts';
import type { Context } from '../http/context.ts';
import { Idempotency } from '../http/idempotency.ts';
import { StockService } from '../stock/stock.service.ts';
import { lockRow, lockForUpdate, rowNotFound } from './versioned-row.ts';
import { FacetRepository } from './facet.repository.ts';
import { barcodeKey } from './barcode-key.ts';
import { withBarcodes } from './barcodes.ts';
import { ItemRepository } from './item.repository.ts';
import { rethrowAsConflict, type UniqueConstraints } from './unique-violations.ts';

@Injectable()
export class ItemService {
  constructor(
    private readonly items: ItemRepository,
    private readonly suggestions: FacetRepository,
    private readonly stock: StockService,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  create(context: Context, body: CreateItem): Promise<JsonResponse> {
    return this.idempotency.once(context, async (tx) => {
      const id = await this.items
        .insert(tx, context.caller.actorId, withBarcodes(body, []))
        .catch(rethrowAsConflict(uniquesOf(body)));
      return created(await this.findOrFail(id, tx), `${context.path}/${id}`);
    });
  }

  async get(id: string): Promise<JsonResponse> {
    return ok(await this.findOrFail(id));
  }

  list(query: ListItems): Promise<string> {
    return this.items.list(query);
  }

  update(context: Context, id: string, changes: UpdateItem): Promise<JsonResponse> {
    return this.change(context, async (tx) => ok(await this.updateIn(tx, context, id, changes)));
  }

  facets({ consistency = 'eventual' }: FacetOptions): Promise<string> {
    return this.suggestions.read(consistency);
  }

  /** Each is changed or refused by itself; with `atomic`, all are changed or none. @throws Problem `conflict` then */
  async updateMany(context: Context, { items, atomic = false }: UpdateItems): Promise<JsonResponse> {
    const results = atomic
      ? await this.changeAll(context, items)
      : await forEachInTurn(items, (change) =>
          this.change(context, (tx) => this.changeOne(tx, context, change)).catch(refusalOf),
        );
    const rows = results.map((result, n) => {
      const [item, reason] = typeof result === 'string' ? ['null', result] : [result.json, null];
      return `{"id":${JSON.stringify(items[n]!.id)},"item":${item},"reason":${JSON.stringify(reason)}}`;
    });
    return new JsonResponse(200, `{"items":[${rows.join(',')}]}`);
  }

  private changeAll(context: Context, changes: ItemChange[]): Promise<Resource[]> {
    return this.change(context, async (tx) => {
      // In one order, so that two such requests cannot deadlock.
      await this.items.lock(tx, changes.map(({ id }) => id)); // prettier-ignore
      const errors = new InputErrors();
      const results = await forEachInTurn(changes, async (change, n) => {
        const result = await this.changeOne(tx, context, change).catch(refusalOf);
        if (typeof result !== 'string') return result;
        errors.add(`/items/${n}`, result);
        return undefined;
      });
      if (errors.any) throw errors.toProblem('conflict', 'A change was refused, so none was made.');
      return results as Resource[];
    });
  }

  private async changeOne(
    tx: Queryable,
    context: Context,
    { id, version, archived, ...fields }: ItemChange,
  ): Promise<Resource> {
    const ifMatch = version === undefined ? undefined : etagOf(version);
    if (archived !== true) return this.updateIn(tx, { ...context, ifMatch }, id, { ...fields, ...(archived === false && { archived }) }); // prettier-ignore
    if (Object.values(fields).some((value) => value !== undefined))
      throw new Problem('invalid-fields', 'archived: true goes without other fields: archive the item on its own.');
    await this.archiveIn(tx, { ...context, ifMatch }, id);
    return this.findOrFail(id, tx);
  }

  private async updateIn(tx: Queryable, context: Context, id: string, changes: UpdateItem): Promise<Resource> {
    await lockForUpdate(tx, 'item', id, changes, context.ifMatch);
    const own = changes.barcode === undefined || changes.barcodes ? [] : await this.items.barcodesOf(tx, id);
    await this.items
      .update(tx, context.caller.actorId, id, withBarcodes(changes, own))
      .catch(rethrowAsConflict(uniquesOf(changes)));
    return this.findOrFail(id, tx);
  }

  private async archiveIn(tx: Queryable, context: Context, id: string): Promise<void> {
    if (await lockRow(tx, 'item', id, context.ifMatch)) return;
    await this.stock.deleteEmptyLevels(tx, { itemId: id });
    await this.items.archive(tx, context.caller.actorId, id);
  }

  /** Archives: the ledger refers to items, so none is ever deleted. */
  remove(context: Context, id: string): Promise<JsonResponse> {
    return this.change(context, async (tx) => {
      await this.archiveIn(tx, context, id);
      return noContent();
    });
  }

  private change<T>({ by }: Context, work: (tx: Queryable) => Promise<T>): Promise<T> {
    return this.database.transaction(work, { by });
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    const item = await this.items.find(id, db);
    if (!item) throw rowNotFound('item', id);
    return item;
  }
}

/** The results in order, each begun when the one before has ended. */
async function forEachInTurn<T, R>(all: T[], work: (one: T, n: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [n, one] of all.entries()) results.push(await work(one, n));
  return results;
}

/** Why one of several changes was not made. Any other error fails the request. */
function refusalOf(error: unknown): string {
  if (error instanceof Problem && error.status < 500) return error.detail;
  throw error;
}

/** @param barcodes of the request */
const uniquesOf = ({ barcodes }: Pick<UpdateItem, 'barcodes'>): UniqueConstraints => ({
  item_sku_taken: {
    pointer: '/sku',
    detail:
      'Another item has this SKU; SKUs that differ only in case are the same. If that item is archived, restore it.',
  },
  item_barcode_taken: {
    pointer: (key) => (barcodes ? `/barcodes/${barcodes.map(barcodeKey).indexOf(key)}` : '/barcode'),
    detail: 'Another item has this barcode.',
  },
});
