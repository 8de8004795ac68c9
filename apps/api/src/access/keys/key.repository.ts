import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { ListApiKeys, Role } from '#contracts';
import { Database, type Queryable } from '../../database/database.ts';
import type { Resource } from '../../http/json-response.ts';
import { etagOf } from '../../http/etag.ts';
import { readPage, parseSort } from '../../lists/keyset.ts';

/** A key never changes, so this is the version of each. */
export const KEY_VERSION = 1;

const FROM = sql`FROM api_key JOIN actor ON actor.id = api_key.id`;
const COLUMNS = sql`api_key.*, actor.name`;

/** One row of `page` as the contract's `ApiKey`. */
const RESOURCE = sql`
  SELECT page.id, page.name, page.role, page.prefix, page.created_at AS "createdAt", page.expires_at AS "expiresAt",
         page.last_used_at AS "lastUsedAt"`;

@Injectable()
export class KeyRepository {
  constructor(private readonly database: Database) {}

  /** The program that a key identifies, unless the key has expired. */
  findPrincipal(
    hash: Buffer,
    now: Date,
  ): Promise<
    { actorId: string; name: string; role: Role; expiresAt: Date | null; lastUsedAt: Date | null } | undefined
  > {
    return this.database.first(sql`
      SELECT api_key.id AS "actorId", actor.name, role, expires_at AS "expiresAt", last_used_at AS "lastUsedAt" ${FROM}
      WHERE hash = ${hash} AND (expires_at IS NULL OR expires_at > ${now})`);
  }

  /** Notes that a key was used, unless that was noted after `since`. */
  async recordUse(id: string, now: Date, since: Date): Promise<void> {
    await this.database.query(sql`
      UPDATE api_key SET last_used_at = ${now}
      WHERE id = ${id} AND (last_used_at IS NULL OR last_used_at <= ${since})`);
  }

  async insert(
    tx: Queryable,
    key: { name: string; role: Role; hash: Buffer; prefix: string; expiresAt: Date | null },
  ): Promise<string> {
    const row = await tx.one<{ id: string }>(sql`
      WITH actor AS (INSERT INTO actor (kind, name) VALUES ('api-key', ${key.name}) RETURNING id)
      INSERT INTO api_key (id, hash, prefix, role, expires_at)
      SELECT id, ${key.hash}, ${key.prefix}, ${key.role}, ${key.expiresAt}::timestamptz FROM actor RETURNING id`);
    return row.id;
  }

  async find(id: string, db: Queryable): Promise<Resource | undefined> {
    const row = await db.first<{ json: string }>(sql`
      SELECT row_to_json(resource)::text AS json
      FROM (SELECT ${COLUMNS} ${FROM} WHERE api_key.id = ${id}) page CROSS JOIN LATERAL (${RESOURCE}) resource`);
    return row && { json: row.json, etag: etagOf(KEY_VERSION) };
  }

  list(query: ListApiKeys): Promise<string> {
    const order = query.sort ?? 'createdAt';
    return readPage(this.database, query, {
      from: FROM,
      where: [],
      keys: [{ column: sql`api_key.id`, type: 'uuid' }],
      descending: parseSort(order).descending,
      order,
      columns: COLUMNS,
      resource: RESOURCE,
    });
  }

  /** Locks a key. @returns whether there is one */
  async lock(tx: Queryable, id: string): Promise<boolean> {
    return (await tx.first(sql`SELECT id FROM api_key WHERE id = ${id} FOR UPDATE`)) !== undefined;
  }

  async remove(tx: Queryable, id: string): Promise<void> {
    await tx.query(sql`DELETE FROM api_key WHERE id = ${id}`);
  }
}
