import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database, type Queryable } from '../../database/database.ts';

/** Files that a job may still read: of those that wait or work, and for a day of those that booked nothing. */
const IN_USE = sql`
  SELECT FROM import WHERE import.file_id = import_chunk.import_id
    AND (state IN ('queued', 'running') OR ((dry_run OR done = 0) AND created_at > now() - interval '1 day'))`;

@Injectable()
export class ChunkRepository {
  constructor(private readonly database: Database) {}

  async insert(fileId: string, no: number, bytes: Buffer): Promise<void> {
    await this.database.query(sql`INSERT INTO import_chunk (import_id, no, bytes) VALUES (${fileId}, ${no}, ${bytes})`);
  }

  /** The chunk with this number, from 0, or undefined after the last one. */
  async find(fileId: string, no: number): Promise<Buffer | undefined> {
    const row = await this.database.first<{ bytes: Buffer }>(sql`
      SELECT bytes FROM import_chunk WHERE import_id = ${fileId} AND no = ${no}`);
    return row?.bytes;
  }

  async has(fileId: string): Promise<boolean> {
    return (
      (await this.database.first(sql`SELECT FROM import_chunk WHERE import_id = ${fileId} AND no = 0`)) !== undefined
    );
  }

  /** Unless another job reads the same file. */
  async remove(tx: Queryable, fileId: string): Promise<void> {
    await tx.query(sql`
      DELETE FROM import_chunk WHERE import_id = ${fileId}
        AND NOT EXISTS (SELECT FROM import WHERE file_id = ${fileId} AND state IN ('queued', 'running'))`);
  }

  /** Takes away an upload that no job came of. */
  async discard(fileId: string): Promise<void> {
    await this.database.query(sql`
      DELETE FROM import_chunk WHERE import_id = ${fileId} AND NOT EXISTS (SELECT FROM import WHERE file_id = ${fileId})`);
  }

  /** Takes away files that no job needs any more; an upload that is still under way has a young chunk. */
  async sweep(): Promise<void> {
    await this.database.query(sql`
      DELETE FROM import_chunk
      WHERE NOT EXISTS (${IN_USE}) AND import_id IN (
        SELECT import_id FROM import_chunk GROUP BY import_id HAVING max(stored_at) < now() - interval '1 hour')`);
  }
}
