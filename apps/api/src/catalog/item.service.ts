import { Injectable } from '@nestjs/common';
import type { CreateItem, ItemChange, ListItems, UpdateItem, UpdateItems } from '#contracts';
import { Problem } from '#service';
import { Database, type Queryable } from '../database/database.ts';
import { etagOf } from '../http/etag.ts';
import { JsonResponse, created, noContent, ok, type Resource } from '../http/json-response.ts';
import type { Context } from '../http/context.ts';
import { Idempotency } from '../http/idempotency.ts';
import { StockService } from '../stock/stock.service.ts';
import { lockRow, lockForUpdate, rowNotFound } from './versioned-row.ts';
import { ItemRepository } from './item.repository.ts';
import { rethrowAsConflict, type UniqueConstraints } from './unique-violations.ts';

@Injectable()
export class ItemService {
  constructor(
    private readonly items: ItemRepository,
    private readonly stock: StockService,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  create(context: Context, body: CreateItem): Promise<JsonResponse> {
    return this.idempotency.once(context, async (tx) => {
      const id = await this.items.insert(tx, context.caller.actorId, body).catch(rethrowAsConflict(UNIQUES));
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
    return this.database.transaction(async (tx) => {
      await lockForUpdate(tx, 'item', id, changes, context.ifMatch);
      await this.items.update(tx, context.caller.actorId, id, changes).catch(rethrowAsConflict(UNIQUES));
      return ok(await this.findOrFail(id, tx));
    });
  }

  /** Each is changed or refused by itself. */
  async updateMany(context: Context, { items }: UpdateItems): Promise<JsonResponse> {
    const results: string[] = [];
    for (const { id, version, ...changes } of items) {
      const ifMatch = version === undefined ? undefined : etagOf(version);
      const result = await this.changeOne({ ...context, ifMatch }, id, changes).catch(refusalOf);
      const [item, reason] = typeof result === 'string' ? ['null', result] : [result.json, null];
      results.push(`{"id":${JSON.stringify(id)},"item":${item},"reason":${JSON.stringify(reason)}}`);
    }
    return new JsonResponse(200, `{"items":[${results.join(',')}]}`);
  }

  private async changeOne(
    context: Context,
    id: string,
    { archived, ...fields }: Omit<ItemChange, 'id' | 'version'>,
  ): Promise<Resource> {
    if (archived !== true) await this.update(context, id, { ...fields, ...(archived === false && { archived }) });
    else if (Object.values(fields).some((value) => value !== undefined))
      throw new Problem('invalid-fields', 'archived: true goes without other fields: archive the item on its own.');
    else await this.remove(context, id);
    return this.findOrFail(id);
  }

  /** Archives: the ledger refers to items, so none is ever deleted. */
  remove(context: Context, id: string): Promise<JsonResponse> {
    return this.database.transaction(async (tx) => {
      if (await lockRow(tx, 'item', id, context.ifMatch)) return noContent();
      await this.stock.deleteEmptyLevels(tx, { itemId: id });
      await this.items.archive(tx, context.caller.actorId, id);
      return noContent();
    });
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    const item = await this.items.find(id, db);
    if (!item) throw rowNotFound('item', id);
    return item;
  }
}

/** Why one of several changes was not made. Any other error fails the request. */
function refusalOf(error: unknown): string {
  if (error instanceof Problem && error.status < 500) return error.detail;
  throw error;
}

const UNIQUES: UniqueConstraints = {
  item_sku_taken: {
    pointer: '/sku',
    detail:
      'Another item has this SKU; SKUs that differ only in case are the same. If that item is archived, restore it.',
  },
  item_barcode_taken: { pointer: '/barcode', detail: 'Another item has this barcode.' },
};
