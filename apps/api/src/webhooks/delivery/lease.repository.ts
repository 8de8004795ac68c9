import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import type { Subscription } from '#contracts';
import { Database } from '../../database/database.ts';
import type { EventCursor } from '../../events/event-cursor.ts';
import type { PublishedEvent } from '../../events/event.service.ts';
import type { RequestResult } from '../request/webhook-client.ts';
import type { StoredSecrets } from '../webhook-secrets.ts';

/** How long a task's lease lasts without renewal: longer than a request, so that no other task sends meanwhile. */
export const LEASE_MS = 20_000;
export const LEASED = raw(`clock_timestamp() + interval '${LEASE_MS} milliseconds'`);
/** A webhook whose every attempt has failed for this long is disabled. */
const RETRY_HOURS = 24;

/** What a task has to know of a webhook to send for it. */
export interface WebhookTarget extends StoredSecrets {
  url: string;
  types: Subscription[] | null;
  enabled: boolean;
  version: number;
}

/** `WebhookTarget` of a row of `webhook`. */
export const TARGET = sql`
  webhook.id, webhook.url, webhook.types, webhook.enabled, webhook.version, webhook.secret,
  CASE WHEN webhook.previous_secret_until > now() THEN webhook.previous_secret END AS "previousSecret"`;

/** That this task, and no other, sends for a webhook. */
export interface Lease {
  webhookId: string;
  token: string;
  /** Attempts that failed since the last one that did not. */
  failures: number;
  cursor: EventCursor;
}

/** An attempt for one event. */
export interface LoggedAttempt {
  event: PublishedEvent;
  eventId: string;
  attempt: number;
  startedAt: Date;
  result: RequestResult;
}

/** Another task has taken it over, or the webhook was deleted. */
export class LeaseLost extends Error {}

/** Who sends for which webhook, and how far it is. No statement here lasts as long as a request. */
@Injectable()
export class LeaseRepository {
  constructor(private readonly database: Database) {}

  /** Takes a webhook that is due and that no task sends for, or undefined. */
  async claim(): Promise<Lease | undefined> {
    const token = randomUUID();
    const row = await this.database.first<{ webhookId: string; failures: number; position: string; seq: string }>(sql`
      UPDATE webhook_progress SET lease_token = ${token}, leased_until = ${LEASED}
      WHERE webhook_id = (
        SELECT webhook_id FROM webhook_progress progress JOIN webhook ON webhook.id = webhook_id
        WHERE enabled AND (next_attempt_at IS NULL OR next_attempt_at <= clock_timestamp())
          AND (leased_until IS NULL OR leased_until < clock_timestamp())
        ORDER BY leased_until NULLS FIRST LIMIT 1 FOR UPDATE OF progress SKIP LOCKED)
      RETURNING webhook_id AS "webhookId", failures, position, seq`);
    return row && { ...row, token, cursor: { position: BigInt(row.position), seq: BigInt(row.seq) } };
  }

  /**
   * Renews the lease and records how far the webhook is. The latter only where it still has the version that the events were read
   * for: those of other types were passed over, and another version may have these types.
   * @returns its configuration and how far it is now. @throws LeaseLost
   */
  async renew(
    { webhookId, token, cursor }: Lease,
    version: number | undefined,
  ): Promise<{ webhook: WebhookTarget; cursor: EventCursor }> {
    const isCurrent = sql`webhook.version = ${version ?? 0}`;
    const row = await this.database.first<WebhookTarget & { position: string; seq: string }>(sql`
      UPDATE webhook_progress progress SET leased_until = ${LEASED},
        position = CASE WHEN ${isCurrent} THEN ${cursor.position}::bigint ELSE position END,
        seq = CASE WHEN ${isCurrent} THEN ${cursor.seq}::bigint ELSE seq END
      FROM webhook WHERE webhook.id = webhook_id AND webhook_id = ${webhookId} AND lease_token = ${token}
      RETURNING ${TARGET}, position, seq`);
    if (!row) return lost(webhookId);
    const { position, seq, ...webhook } = row;
    return { webhook, cursor: { position: BigInt(position), seq: BigInt(seq) } };
  }

  /** Records what was delivered and renews the lease. @returns the webhook's version. @throws LeaseLost */
  async advance({ webhookId, token, cursor }: Lease, delivered: LoggedAttempt[]): Promise<number> {
    const row = await this.database.first<{ version: number }>(sql`
      WITH advanced AS (
        UPDATE webhook_progress SET position = ${cursor.position}::bigint, seq = ${cursor.seq}::bigint, leased_until = ${LEASED},
          failures = 0, failing_since = NULL, next_attempt_at = NULL
        WHERE webhook_id = ${webhookId} AND lease_token = ${token} RETURNING webhook_id),
      logged AS (${insertInto(delivered)} CROSS JOIN advanced ORDER BY n)
      SELECT version FROM advanced JOIN webhook ON webhook.id = webhook_id`);
    return row?.version ?? lost(webhookId);
  }

  /**
   * Records a failure and gives the lease back until the next attempt. @throws LeaseLost
   * @returns whether every attempt has failed for as long as it is tried
   */
  async fail({ webhookId, token }: Lease, failed: LoggedAttempt, waitSeconds: number): Promise<boolean> {
    const row = await this.database.first<{ isOver: boolean }>(sql`
      WITH failed AS (
        UPDATE webhook_progress SET failures = failures + 1, failing_since = coalesce(failing_since, now()),
          next_attempt_at = now() + make_interval(secs => ${waitSeconds}), lease_token = NULL, leased_until = NULL
        WHERE webhook_id = ${webhookId} AND lease_token = ${token}
        RETURNING webhook_id, failing_since <= now() - make_interval(hours => ${RETRY_HOURS}) AS "isOver"),
      logged AS (${insertInto([failed])} CROSS JOIN failed)
      SELECT "isOver" FROM failed`);
    return row?.isOver ?? lost(webhookId);
  }

  /** Gives the lease back. Where that fails, it ends by itself. */
  async release({ webhookId, token }: Lease): Promise<void> {
    await this.database.query(sql`
      UPDATE webhook_progress SET lease_token = NULL, leased_until = NULL WHERE webhook_id = ${webhookId} AND lease_token = ${token}`);
  }
}

/** `INSERT … SELECT` of attempts, to be joined with the row that the lease was found by. */
function insertInto(attempts: LoggedAttempt[]) {
  const results = attempts.map(({ result }) => result);
  return sql`
    INSERT INTO webhook_delivery (webhook_id, event_id, event_type, trigger, state, attempt, status, reason, duration_ms, created_at)
    SELECT webhook_id, event_id, event_type, 'event', state, attempt, status, reason, duration_ms, created_at
    FROM unnest(
      ${attempts.map(({ eventId }) => eventId)}::text[], ${attempts.map(({ event }) => event.type)}::text[],
      ${results.map(({ isDelivered }) => (isDelivered ? 'delivered' : 'failed'))}::text[],
      ${attempts.map(({ attempt }) => attempt)}::int[], ${results.map(({ status }) => status)}::smallint[],
      ${results.map(({ reason }) => reason)}::text[], ${results.map(({ durationMs }) => durationMs)}::int[],
      ${attempts.map(({ startedAt }) => startedAt)}::timestamptz[]
    ) WITH ORDINALITY AS attempt (event_id, event_type, state, attempt, status, reason, duration_ms, created_at, n)`;
}

function lost(webhookId: string): never {
  throw new LeaseLost(`Webhook ${webhookId} is no longer this task's.`);
}
