import { Injectable } from '@nestjs/common';
import type { CreateItem, ListItems, UpdateItem } from '#contracts';
import { Database, type Queryable } from '../database/database.ts';
import { type JsonResponse, created, noContent, ok, type Resource } from '../http/json-response.ts';
import type { Context } from '../http/context.ts';
import { Idempotency } from '../http/idempotency.ts';
import { StockService } from '../stock/stock.service.ts';
import { SET_ARCHIVED, updateRow, lockRow, lockForUpdate, rowNotFound } from './versioned-row.ts';
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
      const id = await this.items.insert(tx, body).catch(rethrowAsConflict(UNIQUES));
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
      await this.items.update(tx, id, changes).catch(rethrowAsConflict(UNIQUES));
      return ok(await this.findOrFail(id, tx));
    });
  }

  /** Archives: what the ledger speaks of is never deleted. */
  remove(context: Context, id: string): Promise<JsonResponse> {
    return this.database.transaction(async (tx) => {
      if (await lockRow(tx, 'item', id, context.ifMatch)) return noContent();
      await this.stock.deleteEmptyLevels(tx, { itemId: id });
      await updateRow(tx, 'item', id, [SET_ARCHIVED]);
      return noContent();
    });
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    const item = await this.items.find(id, db);
    if (!item) throw rowNotFound('item', id);
    return item;
  }
}

const UNIQUES: UniqueConstraints = {
  item_sku_taken: {
    pointer: '/sku',
    detail:
      'Another item has this SKU; SKUs that differ only in case are the same. If that item is archived, restore it.',
  },
  item_barcode_taken: { pointer: '/barcode', detail: 'Another item has this barcode.' },
};
