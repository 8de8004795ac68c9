import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database, type Queryable } from '../../database/database.ts';

/** An item that an import touched. */
export interface TouchedItem {
  id: string;
  /** What the import left it at. */
  version: number;
  created: boolean;
  /** Null: its fields were not changed. */
  before: object | null;
}

/** What is needed to undo an import. */
@Injectable()
export class UndoRepository {
  constructor(private readonly database: Database) {}

  /** An item that several batches touch keeps what it was before the first. */
  async addTouched(tx: Queryable, importId: string, items: TouchedItem[]): Promise<void> {
    if (items.length === 0) return;
    await tx.query(sql`
      INSERT INTO import_change AS known (import_id, item_id, version, created, before)
      SELECT ${importId}, * FROM unnest(${items.map(({ id }) => id)}::uuid[], ${items.map(({ version }) => version)}::int[],
        ${items.map(({ created }) => created)}::boolean[], ${items.map(({ before }) => before && JSON.stringify(before))}::jsonb[])
      ON CONFLICT (import_id, item_id) DO UPDATE
      SET version = excluded.version, before = coalesce(known.before, CASE WHEN NOT known.created THEN excluded.before END)`);
  }

  async addMovement(tx: Queryable, importId: string, movementId: string): Promise<void> {
    await tx.query(sql`INSERT INTO import_movement (import_id, movement_id) VALUES (${importId}, ${movementId})`);
  }

  async movements(tx: Queryable, importId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      sql`SELECT movement_id AS id FROM import_movement WHERE import_id = ${importId}`,
    );
    return rows.map(({ id }) => id);
  }

  /** Some of the items that are still to be undone. */
  next(importId: string, limit: number): Promise<TouchedItem[]> {
    return this.database.query(sql`
      SELECT item_id AS id, version, created, before FROM import_change
      WHERE import_id = ${importId} ORDER BY item_id LIMIT ${limit}`);
  }

  async remove(tx: Queryable, importId: string, itemIds: string[]): Promise<void> {
    await tx.query(sql`DELETE FROM import_change WHERE import_id = ${importId} AND item_id = ANY(${itemIds}::uuid[])`);
  }
}
