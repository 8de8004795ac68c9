import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { ImportMode, ListImports } from '#contracts';
import { Database, type Queryable } from '../database/database.ts';
import type { Resource } from '../http/json-response.ts';
import { etagOf } from '../http/etag.ts';
import { filters, readPage } from '../lists/keyset.ts';

/** One row of `page` as the contract's `Import`. */
const RESOURCE = sql`
  SELECT page.id, page.state, page.mode, page.dry_run AS "dryRun", page.rows, page.done, page.created, page.updated,
         page.failed, page.reason,
         (SELECT json_build_object('id', id, 'kind', kind, 'name', name) FROM actor WHERE actor.id = page.actor_id) AS "createdBy",
         page.created_at AS "createdAt", page.started_at AS "startedAt", page.finished_at AS "finishedAt"`;

@Injectable()
export class ImportRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Queryable, job: { id: string; mode: ImportMode; dryRun: boolean; actorId: string }): Promise<void> {
    await tx.query(sql`
      INSERT INTO import (id, mode, dry_run, actor_id) VALUES (${job.id}, ${job.mode}, ${job.dryRun}, ${job.actorId})`);
  }

  async find(id: string, db: Queryable = this.database): Promise<Resource | undefined> {
    const row = await db.first<{ json: string; version: number }>(sql`
      SELECT row_to_json(resource)::text AS json, page.version
      FROM import page CROSS JOIN LATERAL (${RESOURCE}) resource WHERE page.id = ${id}`);
    return row && { json: row.json, etag: etagOf(row.version) };
  }

  /** The newest first. */
  list(query: ListImports): Promise<string> {
    return readPage(this.database, query, {
      from: sql`FROM import`,
      where: filters(query.state !== undefined && sql`import.state = ${query.state}`),
      keys: [{ column: sql`import.id`, type: 'uuid' }],
      descending: true,
      order: 'newest',
      columns: sql`import.*`,
      resource: RESOURCE,
    });
  }
}
