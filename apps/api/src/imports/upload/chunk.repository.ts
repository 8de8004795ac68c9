import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database, type Queryable } from '../../database/database.ts';

@Injectable()
export class ChunkRepository {
  constructor(private readonly database: Database) {}

  async insert(importId: string, no: number, bytes: Buffer): Promise<void> {
    await this.database.query(
      sql`INSERT INTO import_chunk (import_id, no, bytes) VALUES (${importId}, ${no}, ${bytes})`,
    );
  }

  /** The piece with this number, from 0, or undefined after the last one. */
  async find(importId: string, no: number): Promise<Buffer | undefined> {
    const row = await this.database.first<{ bytes: Buffer }>(sql`
      SELECT bytes FROM import_chunk WHERE import_id = ${importId} AND no = ${no}`);
    return row?.bytes;
  }

  async remove(tx: Queryable, importId: string): Promise<void> {
    await tx.query(sql`DELETE FROM import_chunk WHERE import_id = ${importId}`);
  }

  /** Takes away an upload that no job came of. */
  async discard(importId: string): Promise<void> {
    await this.database.query(sql`
      DELETE FROM import_chunk WHERE import_id = ${importId} AND NOT EXISTS (SELECT FROM import WHERE id = ${importId})`);
  }

  /** The same for those whose task died; an upload that is still under way has a young piece. */
  async sweep(): Promise<void> {
    await this.database.query(sql`
      DELETE FROM import_chunk
      WHERE NOT EXISTS (SELECT FROM import WHERE id = import_id) AND import_id IN (
        SELECT import_id FROM import_chunk GROUP BY import_id HAVING max(stored_at) < now() - interval '1 hour')`);
  }
}
