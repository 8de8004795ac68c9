import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database, type Queryable } from '../../database/database.ts';
import type { Photo } from './photo-body.ts';

/** The bytes of photos. Which one an item has stands in `item.photo`, too. */
@Injectable()
export class PhotoRepository {
  constructor(private readonly database: Database) {}

  async put(tx: Queryable, itemId: string, { type, bytes }: Photo): Promise<void> {
    await tx.query(sql`
      INSERT INTO item_photo (item_id, media_type, bytes) VALUES (${itemId}, ${type}, ${bytes})
      ON CONFLICT (item_id) DO UPDATE SET media_type = excluded.media_type, bytes = excluded.bytes`);
  }

  async remove(tx: Queryable, itemId: string): Promise<void> {
    await tx.query(sql`DELETE FROM item_photo WHERE item_id = ${itemId}`);
  }

  /** Null: the item has none. Undefined: there is no such item. */
  async versionOf(itemId: string, db: Queryable = this.database): Promise<string | null | undefined> {
    const row = await db.first<{ photo: string | null }>(sql`SELECT photo FROM item WHERE id = ${itemId}`);
    return row?.photo;
  }

  find(itemId: string): Promise<Photo | undefined> {
    return this.database.first<Photo>(sql`
      SELECT item.photo AS version, media_type AS type, bytes FROM item JOIN item_photo ON item_id = item.id WHERE item.id = ${itemId}`);
  }
}
