import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { CreateLocation, ListLocations, UpdateLocation } from '#contracts';
import { Database, type Queryable } from '../database/database.ts';
import { caseFolded } from '../database/case-folded.ts';
import type { Resource } from '../http/json-response.ts';
import { etagOf } from '../http/etag.ts';
import { filters, type Key, readPage, parseSort } from '../lists/keyset.ts';
import { UPDATED_BY } from './versioned-row.ts';
import { VersionedTable } from './versioned-table.ts';

const table = new VersionedTable<CreateLocation>('location', { code: 'code', name: 'name' });

const keys: Record<'code' | 'createdAt', Key[]> = {
  code: [{ column: sql`location.code_key`, type: 'text' }],
  createdAt: [{ column: sql`location.id`, type: 'uuid' }],
};

/** One row of `page` as the contract's `Location`. */
const RESOURCE = sql`
  SELECT page.id, page.code, page.name, page.archived_at AS "archivedAt", page.version,
         page.created_at AS "createdAt", page.updated_at AS "updatedAt", ${UPDATED_BY}`;

@Injectable()
export class LocationRepository {
  constructor(private readonly database: Database) {}

  /** @throws unique violation `location_code_taken` */
  insert(tx: Queryable, actorId: string, location: CreateLocation): Promise<string> {
    return table.insert(tx, actorId, location);
  }

  /** @throws unique violation `location_code_taken` */
  update(tx: Queryable, actorId: string, id: string, changes: UpdateLocation): Promise<void> {
    return table.update(tx, actorId, id, changes);
  }

  archive(tx: Queryable, actorId: string, id: string): Promise<void> {
    return table.archive(tx, actorId, id);
  }

  /** Whether another location is not archived. Holds a lock until the transaction ends, so that concurrent archivings run one after the other. */
  async hasAnother(tx: Queryable, id: string): Promise<boolean> {
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('the last location', 0))`);
    const another = await tx.first(
      sql`SELECT 1 AS another FROM location WHERE id <> ${id} AND archived_at IS NULL LIMIT 1`,
    );
    return another !== undefined;
  }

  async find(id: string, db: Queryable = this.database): Promise<Resource | undefined> {
    const row = await db.first<{ json: string; version: number }>(sql`
      SELECT row_to_json(resource)::text AS json, resource.version
      FROM location page CROSS JOIN LATERAL (${RESOURCE}) resource WHERE page.id = ${id}`);
    return row && { json: row.json, etag: etagOf(row.version) };
  }

  list(query: ListLocations): Promise<string> {
    const order = query.sort ?? 'code';
    const { field, descending } = parseSort(order);
    return readPage(this.database, query, {
      from: sql`FROM location`,
      where: filters(
        query.archived ? sql`location.archived_at IS NOT NULL` : sql`location.archived_at IS NULL`,
        query.code !== undefined && sql`location.code_key = ${caseFolded(query.code)}`,
      ),
      keys: keys[field],
      descending,
      order,
      columns: sql`location.*`,
      resource: RESOURCE,
    });
  }
}
