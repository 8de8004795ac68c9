import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { ImportCorrection, ImportMode, ImportReference, ListFailedRows, ListImports, StockMode } from '#contracts';
import { Database, type Queryable } from '../database/database.ts';
import type { Resource } from '../http/json-response.ts';
import { etagOf } from '../http/etag.ts';
import { filters, readPage } from '../lists/keyset.ts';
import type { StoredFile } from './upload/upload.store.ts';
import type { ReadOptions } from './jobs/job.ts';

/** One row of `page` as the contract's `Import`. */
const RESOURCE = sql`
  SELECT page.id, page.file_name AS "fileName", page.format, page.encoding, page.state, page.mode, page.stock, page.dry_run AS "dryRun",
         (SELECT json_build_object('id', id, 'fileName', file_name, 'createdAt', created_at) FROM import WHERE import.id = page.same_file_as) AS "sameFileAs",
         page.rerun_of AS "rerunOf", page.reading, page.rows, page.done, page.created, page.updated, page.failed,
         page.stock_skipped AS "stockSkipped", page.stock_delta AS "stockDelta", page.undone, page.not_undone AS "notUndone", page.reason,
         (SELECT json_build_object('id', id, 'kind', kind, 'name', name) FROM actor WHERE actor.id = page.actor_id) AS "createdBy",
         page.created_at AS "createdAt", page.started_at AS "startedAt", page.finished_at AS "finishedAt"`;

const FAILED_ROW = sql`
  SELECT page.line, page.cells,
         (SELECT json_agg(json_build_object('column', column_name, 'reason', reason) ORDER BY no)
          FROM import_error error WHERE error.import_id = page.import_id AND error.line = page.line) AS errors`;

/** A job before it is stored. */
export interface NewImport extends StoredFile {
  id: string;
  fileName: string | null;
  mode: ImportMode;
  stock: StockMode;
  dryRun: boolean;
  options: ReadOptions;
  sameFileAs: string | null;
  rerunOf: string | null;
  actorId: string;
}

/** What a rerun copies from the import that it repeats. */
export type StoredImport = Omit<NewImport, 'id' | 'sameFileAs' | 'rerunOf' | 'actorId'>;

@Injectable()
export class ImportRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Queryable, job: NewImport): Promise<void> {
    await tx.query(sql`
      INSERT INTO import (id, file_id, file_name, format, encoding, sha256, mode, stock, dry_run, options, same_file_as, rerun_of, actor_id)
      VALUES (${job.id}, ${job.fileId}, ${job.fileName}, ${job.format}, ${job.encoding}, ${job.sha256}, ${job.mode}, ${job.stock}, ${job.dryRun},
        ${JSON.stringify(job.options)}, ${job.sameFileAs}, ${job.rerunOf}, ${job.actorId})`);
  }

  /** Those of the other job, with these instead of them. */
  async insertCorrections(tx: Queryable, id: string, of: string, corrections: ImportCorrection[]): Promise<void> {
    const last = [...new Map(corrections.map((correction) => [correction.line, correction])).values()];
    await tx.query(sql`
      INSERT INTO import_correction (import_id, line, cells)
      SELECT ${id}::uuid, line, cells FROM import_correction
      WHERE import_id = ${of} AND NOT line = ANY(${last.map(({ line }) => line)}::bigint[])
      UNION ALL
      SELECT ${id}::uuid, line, ARRAY(SELECT json_array_elements_text(cells))
      FROM unnest(${last.map(({ line }) => line)}::bigint[], ${last.map(({ cells }) => JSON.stringify(cells))}::json[]) AS row(line, cells)`);
  }

  /** The last import of the same bytes that booked something or will. Held: of two at once, the second finds the first. */
  async findSameFile(tx: Queryable, sha256: Buffer): Promise<ImportReference | undefined> {
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`import ${sha256.toString('hex')}`}, 0))`);
    return tx.first(sql`
      SELECT id, file_name AS "fileName", to_json(created_at) #>> '{}' AS "createdAt" FROM import
      WHERE sha256 = ${sha256} AND NOT dry_run
        AND (state IN ('queued', 'running') OR (state <> 'undone' AND created + updated > 0))
      ORDER BY id DESC LIMIT 1`);
  }

  findStored(tx: Queryable, id: string): Promise<StoredImport | undefined> {
    return tx.first(sql`
      SELECT file_id AS "fileId", sha256, format, encoding, file_name AS "fileName", mode, stock, dry_run AS "dryRun", options
      FROM import WHERE id = ${id}`);
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
      where: filters(
        query.state !== undefined && sql`import.state = ${query.state}`,
        query.dryRun !== undefined && sql`import.dry_run = ${query.dryRun}`,
        query.movementId !== undefined &&
          sql`import.id IN (SELECT import_id FROM import_movement WHERE movement_id = ${query.movementId})`,
      ),
      keys: [{ column: sql`import.id`, type: 'uuid' }],
      descending: true,
      order: 'newest',
      columns: sql`import.*`,
      resource: RESOURCE,
    });
  }

  listFailedRows(id: string, query: ListFailedRows): Promise<string> {
    return readPage(this.database, query, {
      from: sql`FROM import_failed_row row`,
      where: [sql`row.import_id = ${id}`],
      keys: [{ column: sql`row.line`, type: 'bigint' }],
      descending: false,
      order: 'line',
      columns: sql`row.*`,
      resource: FAILED_ROW,
    });
  }

  /** Some of the rows that were left out, after this line. */
  failedRows(id: string, after: number, limit: number): Promise<{ line: string; cells: string[]; reasons: string }[]> {
    return this.database.query(sql`
      SELECT row.line, row.cells,
             (SELECT string_agg(concat_ws(' ', nullif(column_name, ''), reason), '; ' ORDER BY no) FROM import_error error
              WHERE error.import_id = row.import_id AND error.line = row.line) AS reasons
      FROM import_failed_row row WHERE row.import_id = ${id} AND row.line > ${after} ORDER BY row.line LIMIT ${limit}`);
  }

  async headings(id: string): Promise<string[]> {
    const row = await this.database.first<{ headings: string[] }>(sql`
      SELECT ARRAY(SELECT "column" ->> 'heading' FROM json_array_elements(reading -> 'columns') WITH ORDINALITY AS c("column", n) ORDER BY n) AS headings
      FROM import WHERE id = ${id}`);
    return row?.headings ?? [];
  }

  /** Ends a job that waits or works: the task that works on it notices at its next batch. @returns whether it was one */
  async cancel(tx: Queryable, id: string): Promise<{ fileId: string; dryRun: boolean } | undefined> {
    return tx.first(sql`
      UPDATE import SET state = 'cancelled', finished_at = now(), leased_until = NULL, lease_token = NULL, version = version + 1
      WHERE id = ${id} AND state IN ('queued', 'running') RETURNING file_id AS "fileId", dry_run AS "dryRun"`);
  }

  /** Has a job undone that has ended. @returns whether it was one */
  async beginUndo(tx: Queryable, id: string, actorId: string): Promise<boolean> {
    const row = await tx.first(sql`
      UPDATE import SET state = 'undoing', undone_by = ${actorId}, finished_at = NULL, attempts = 0, leased_until = NULL, version = version + 1
      WHERE id = ${id} AND NOT dry_run AND state IN ('done', 'failed', 'cancelled') RETURNING 1 AS one`);
    return row !== undefined;
  }
}
