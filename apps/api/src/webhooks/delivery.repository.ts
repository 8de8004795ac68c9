import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import type { ListWebhookDeliveries } from '#contracts';
import { Database, type Queryable } from '../database/database.ts';
import { compactJson } from '../http/json-response.ts';
import { filters, readPage } from '../lists/keyset.ts';
import { LEASED, type WebhookTarget, TARGET } from './delivery/lease.repository.ts';
import type { RequestResult } from './request/webhook-client.ts';

/** One of the attempts for an event. */
export interface Attempt {
  eventId: string;
  eventType: string;
  attempt: number;
}

/** A delivery that a person asked for, which this task makes. */
export interface QueuedDelivery {
  id: string;
  token: string;
  eventId: string;
  eventType: string;
  createdAt: Date;
  webhook: WebhookTarget;
}

/** One row of `page` as the contract's `WebhookDelivery`. */
const RESOURCE = sql`
  SELECT page.id, page.event_id AS "eventId", page.event_type AS "eventType", page.trigger, page.state, page.attempt, page.status,
         page.reason, page.duration_ms AS "durationMs", page.created_at AS "createdAt"`;

/** The log of attempts, and those that a person asked for. */
@Injectable()
export class DeliveryRepository {
  constructor(private readonly database: Database) {}

  list(webhookId: string, query: ListWebhookDeliveries): Promise<string> {
    return readPage(this.database, query, {
      from: sql`FROM webhook_delivery delivery`,
      where: filters(sql`webhook_id = ${webhookId}`, query.state && sql`state = ${query.state}`),
      keys: [{ column: sql`delivery.id`, type: 'uuid' }],
      descending: true,
      order: '-createdAt',
      columns: sql`delivery.*`,
      resource: RESOURCE,
    });
  }

  find(webhookId: string, id: string, db: Queryable): Promise<Attempt | undefined> {
    return db.first<Attempt>(sql`
      SELECT event_id AS "eventId", event_type AS "eventType", attempt FROM webhook_delivery
      WHERE id = ${id} AND webhook_id = ${webhookId}`);
  }

  async countQueued(tx: Queryable, webhookId: string): Promise<number> {
    const row = await tx.one<{ count: number }>(sql`
      SELECT count(*)::int AS count FROM webhook_delivery WHERE state = 'queued' AND webhook_id = ${webhookId}`);
    return row.count;
  }

  /** @returns the delivery as JSON */
  async enqueue(
    tx: Queryable,
    webhookId: string,
    { eventId, eventType, attempt }: Attempt,
    trigger: 'test' | 'redelivery',
  ): Promise<string> {
    const row = await tx.one<{ json: string }>(sql`
      WITH page AS (
        INSERT INTO webhook_delivery (webhook_id, event_id, event_type, trigger, state, attempt)
        VALUES (${webhookId}, ${eventId}, ${eventType}, ${trigger}, 'queued', ${attempt}) RETURNING *)
      SELECT row_to_json(resource)::text AS json FROM page CROSS JOIN LATERAL (${RESOURCE}) resource`);
    return compactJson(row.json);
  }

  /** Takes the oldest that no task works on, or undefined. @param busy webhooks that this task sends one for already */
  async claim(busy: readonly string[]): Promise<QueuedDelivery | undefined> {
    const token = randomUUID();
    const row = await this.database.first<Omit<QueuedDelivery, 'token' | 'webhook'> & { webhookId: string }>(sql`
      UPDATE webhook_delivery SET lease_token = ${token}, leased_until = ${LEASED}
      WHERE id = (
        SELECT id FROM webhook_delivery
        WHERE state = 'queued' AND (leased_until IS NULL OR leased_until < clock_timestamp()) AND webhook_id <> ALL (${busy}::uuid[])
          AND EXISTS (SELECT FROM webhook WHERE webhook.id = webhook_id)
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, webhook_id AS "webhookId", event_id AS "eventId", event_type AS "eventType", created_at AS "createdAt"`);
    if (!row) return undefined;
    const webhook = await this.database.first<WebhookTarget>(
      sql`SELECT ${TARGET} FROM webhook WHERE id = ${row.webhookId}`,
    );
    return webhook && { ...row, token, webhook };
  }

  /** Nothing happens where another task has taken it over. */
  async finish(
    { id, token }: QueuedDelivery,
    { isDelivered, status, reason, durationMs }: RequestResult,
  ): Promise<void> {
    await this.database.query(sql`
      UPDATE webhook_delivery
      SET state = ${isDelivered ? 'delivered' : 'failed'}, status = ${status}, reason = ${reason}, duration_ms = ${durationMs},
          lease_token = NULL, leased_until = NULL
      WHERE id = ${id} AND lease_token = ${token}`);
  }

  /** Gives one back that was not made. */
  async release({ id, token }: QueuedDelivery): Promise<void> {
    await this.database.query(sql`
      UPDATE webhook_delivery SET lease_token = NULL, leased_until = NULL WHERE id = ${id} AND lease_token = ${token}`);
  }

  /** Deletes up to `limit` deliveries that are older than 7 days. @returns how many */
  async deleteOld(limit: number): Promise<number> {
    // Ids begin with their time (UUIDv7): the primary key finds the oldest.
    const rows = await this.database.query(sql`
      DELETE FROM webhook_delivery WHERE id IN (
        SELECT id FROM webhook_delivery WHERE id < uuidv7(interval '-7 days') ORDER BY id LIMIT ${raw(String(limit))})
      RETURNING 1`);
    return rows.length;
  }
}
