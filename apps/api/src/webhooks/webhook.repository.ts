import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import type { CreateWebhook, ListWebhooks, UpdateWebhook } from '#contracts';
import { PREVIOUS_SECRET_HOURS } from '#contracts';
import { Database, type Queryable } from '../database/database.ts';
import type { EventCursor } from '../events/event-cursor.ts';
import { etagOf, etagOfText } from '../http/etag.ts';
import type { Resource } from '../http/json-response.ts';
import { readPage, parseSort } from '../lists/keyset.ts';

const FROM = sql`FROM webhook JOIN webhook_progress progress ON progress.webhook_id = webhook.id`;
const COLUMNS = sql`webhook.*, progress.failing_since, progress.next_attempt_at, progress.position, progress.seq`;

/** One row of `page` as the contract's `Webhook`. */
const RESOURCE = sql`
  SELECT page.id, page.url, page.types, page.description, page.enabled, page.disabled_reason AS "disabledReason",
         page.failing_since AS "failingSince", page.next_attempt_at AS "nextAttemptAt",
         page.position || '-' || page.seq AS "deliveredUpTo", page.version, page.created_at AS "createdAt", page.updated_at AS "updatedAt"`;

@Injectable()
export class WebhookRepository {
  constructor(private readonly database: Database) {}

  /** @param from where in the feed it begins */
  async insert(
    tx: Queryable,
    id: string,
    { url, types = null, description = '', enabled = true }: CreateWebhook,
    secret: string,
    from: EventCursor,
  ): Promise<void> {
    await tx.query(sql`
      INSERT INTO webhook (id, url, types, description, enabled, secret)
      VALUES (${id}, ${url}, ${types}::text[], ${description}, ${enabled}, ${secret})`);
    await tx.query(sql`
      INSERT INTO webhook_progress (webhook_id, position, seq) VALUES (${id}, ${from.position}::bigint, ${from.seq}::bigint)`);
  }

  /** How many there are, which no other transaction changes before this one ends. */
  async lockAndCount(tx: Queryable): Promise<number> {
    await tx.query(sql`LOCK TABLE webhook IN SHARE ROW EXCLUSIVE MODE`);
    return (await tx.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM webhook`)).count;
  }

  /** Locks it against other changes. @returns its version, or undefined where there is none */
  async lock(tx: Queryable, id: string): Promise<number | undefined> {
    const row = await tx.first<{ version: number }>(sql`SELECT version FROM webhook WHERE id = ${id} FOR UPDATE`);
    return row?.version;
  }

  async find(id: string, db: Queryable = this.database): Promise<(Resource & { version: number }) | undefined> {
    const row = await db.first<{ json: string; version: number }>(sql`
      SELECT row_to_json(resource)::text AS json, resource.version
      FROM (SELECT ${COLUMNS} ${FROM} WHERE webhook.id = ${id}) page CROSS JOIN LATERAL (${RESOURCE}) resource`);
    return row && { ...row, etag: etagOf(row.version, etagOfText(row.json).slice(1, -1)) };
  }

  list(query: ListWebhooks): Promise<string> {
    const order = query.sort ?? 'createdAt';
    return readPage(this.database, query, {
      from: FROM,
      where: [],
      keys: [{ column: sql`webhook.id`, type: 'uuid' }],
      descending: parseSort(order).descending,
      order,
      columns: COLUMNS,
      resource: RESOURCE,
    });
  }

  async update(tx: Queryable, id: string, { url, types, description, enabled }: UpdateWebhook): Promise<void> {
    const sets = [
      url !== undefined && sql`url = ${url}`,
      types !== undefined && sql`types = ${types}::text[]`,
      description !== undefined && sql`description = ${description}`,
      enabled !== undefined && sql`enabled = ${enabled}, disabled_reason = NULL`,
    ].filter((set) => set !== false);
    await this.change(tx, id, sets);
  }

  /** The secret so far signs as well for some hours. */
  async setSecret(tx: Queryable, id: string, secret: string): Promise<void> {
    await this.change(tx, id, [
      sql`secret = ${secret}, previous_secret = secret, previous_secret_until = now() + make_interval(hours => ${PREVIOUS_SECRET_HOURS})`,
    ]);
  }

  /** @param reason why Stockroom does so */
  async disable(id: string, reason: 'failing' | 'gone'): Promise<void> {
    await this.database.query(sql`
      UPDATE webhook SET enabled = false, disabled_reason = ${reason}, version = version + 1, updated_at = now()
      WHERE id = ${id} AND enabled`);
  }

  async remove(tx: Queryable, id: string): Promise<void> {
    await tx.query(sql`DELETE FROM webhook WHERE id = ${id}`);
  }

  /** What was wrong may be put right by the change: it is tried again at once. */
  private async change(tx: Queryable, id: string, sets: ReturnType<typeof sql>[]): Promise<void> {
    const all = [...sets, sql`version = version + 1`, sql`updated_at = now()`];
    await tx.query(sql`UPDATE webhook SET ${join(all)} WHERE id = ${id}`);
    await tx.query(sql`
      UPDATE webhook_progress SET failures = 0, failing_since = NULL, next_attempt_at = NULL WHERE webhook_id = ${id}`);
  }
}
