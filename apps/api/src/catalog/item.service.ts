import { Injectable } from '@nestjs/common';
import type { CreateItem, ListItems, UpdateItem } from '#contracts';
import { Problem } from '#service';
import { Database, type Queryable, violated } from '../database/database.ts';
import { type Answer, created, noContent, ok, type Resource } from '../http/answer.ts';
import type { Context } from '../http/context.ts';
import { requireMatch } from '../http/etag.ts';
import { Idempotency } from '../http/idempotency.ts';
import { StockService } from '../stock/stock.service.ts';
import { ItemRepository } from './item.repository.ts';

@Injectable()
export class ItemService {
  constructor(
    private readonly items: ItemRepository,
    private readonly stock: StockService,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  create(context: Context, body: CreateItem): Promise<Answer> {
    return this.idempotency.once(context, async (tx) => {
      const id = await this.items.insert(tx, body).catch(refuseTaken);
      return created(await this.findOrFail(id, tx), `${context.path}/${id}`);
    });
  }

  async get(id: string): Promise<Answer> {
    return ok(await this.findOrFail(id));
  }

  list(query: ListItems): Promise<string> {
    return this.items.list(query);
  }

  update(context: Context, id: string, changes: UpdateItem): Promise<Answer> {
    return this.database.transaction(async (tx) => {
      const { version, archived } = await this.lockOrFail(tx, id);
      requireMatch(context.ifMatch, version);
      if (archived && changes.archived !== false)
        throw new Problem('conflict', 'The item is archived. Restore it first, with {"archived": false}.');
      await this.items.update(tx, id, changes).catch(refuseTaken);
      return ok(await this.findOrFail(id, tx));
    });
  }

  /** Archives: what the ledger speaks of is never deleted. */
  remove(context: Context, id: string): Promise<Answer> {
    return this.database.transaction(async (tx) => {
      const { version, archived } = await this.lockOrFail(tx, id);
      requireMatch(context.ifMatch, version);
      if (archived) return noContent();
      await this.stock.closeLevels(tx, { itemId: id });
      await this.items.archive(tx, id);
      return noContent();
    });
  }

  private async lockOrFail(tx: Queryable, id: string) {
    return (await this.items.lock(tx, id)) ?? notFound(id);
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    return (await this.items.find(id, db)) ?? notFound(id);
  }
}

function notFound(id: string): never {
  throw new Problem('not-found', `There is no item ${id}.`);
}

function refuseTaken(error: unknown): never {
  const constraint = violated(error);
  if (constraint === 'item_sku_taken') {
    throw new Problem(
      'conflict',
      'Another item has this SKU; SKUs that differ only in case are the same. If that item is archived, restore it.',
      {
        errors: [{ pointer: '/sku', detail: 'is taken' }],
      },
    );
  }
  if (constraint === 'item_barcode_taken') {
    throw new Problem('conflict', 'Another item has this barcode.', {
      errors: [{ pointer: '/barcode', detail: 'is taken' }],
    });
  }
  throw error;
}
