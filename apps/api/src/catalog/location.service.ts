import { Injectable } from '@nestjs/common';
import type { CreateLocation, ListLocations, UpdateLocation } from '#contracts';
import { Problem } from '#service';
import { Database, type Queryable } from '../database/database.ts';
import { type JsonResponse, created, noContent, ok, type Resource } from '../http/json-response.ts';
import type { Context } from '../http/context.ts';
import { Idempotency } from '../http/idempotency.ts';
import { StockService } from '../stock/stock.service.ts';
import { lockRow, lockForUpdate, rowNotFound } from './versioned-row.ts';
import { LocationRepository } from './location.repository.ts';
import { rethrowAsConflict, type UniqueConstraints } from './unique-violations.ts';

@Injectable()
export class LocationService {
  constructor(
    private readonly locations: LocationRepository,
    private readonly stock: StockService,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  create(context: Context, body: CreateLocation): Promise<JsonResponse> {
    return this.idempotency.once(context, async (tx) => {
      const id = await this.locations.insert(tx, context.caller.actorId, body).catch(rethrowAsConflict(UNIQUES));
      return created(await this.findOrFail(id, tx), `${context.path}/${id}`);
    });
  }

  async get(id: string): Promise<JsonResponse> {
    return ok(await this.findOrFail(id));
  }

  list(query: ListLocations): Promise<string> {
    return this.locations.list(query);
  }

  update(context: Context, id: string, changes: UpdateLocation): Promise<JsonResponse> {
    return this.database.transaction(
      async (tx) => {
        await lockForUpdate(tx, 'location', id, changes, context.ifMatch);
        await this.locations.update(tx, context.caller.actorId, id, changes).catch(rethrowAsConflict(UNIQUES));
        return ok(await this.findOrFail(id, tx));
      },
      { by: context.by },
    );
  }

  /** Archives: the ledger refers to locations, so none is ever deleted. The last one cannot be archived: stock must be at a location. */
  remove(context: Context, id: string): Promise<JsonResponse> {
    return this.database.transaction(
      async (tx) => {
        if (await lockRow(tx, 'location', id, context.ifMatch)) return noContent();
        if (!(await this.locations.hasAnother(tx, id)))
          throw new Problem(
            'conflict',
            'It is the last location that is not archived. Add or restore another one first.',
          );
        await this.stock.deleteEmptyLevels(tx, { locationId: id });
        await this.locations.archive(tx, context.caller.actorId, id);
        return noContent();
      },
      { by: context.by },
    );
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    const location = await this.locations.find(id, db);
    if (!location) throw rowNotFound('location', id);
    return location;
  }
}

const UNIQUES: UniqueConstraints = {
  location_code_taken: {
    pointer: '/code',
    detail:
      'Another location has this code; codes that differ only in case are the same. If that location is archived, restore it.',
  },
};
