import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { AlertKind } from '#contracts';
import { Database, type Queryable } from '../database/database.ts';
import { OVERDUE, PER_ITEM } from '../reports/whole-stock.ts';

/** How much earlier a reservation's end is told, and how long a reservation is at least for its end to be told. */
const NOTICE = sql`interval '1 hour'`;
/** No person gets two mails within this time. */
const PAUSE = sql`interval '15 minutes'`;
/** Which alerts a person is told of; `subscription` and `account` are theirs. */
const IS_FOR = sql`
  alert.id > subscription.told_up_to AND alert.kind = ANY (subscription.kinds)
  AND (alert.kind <> 'webhook-disabled' OR account.role = 'admin')`;

/** A person whose mail this task sends. */
export interface DueMail {
  userId: string;
  email: string;
}

/** What a mail tells of one kind of alert. */
export interface AlertGroup {
  kind: AlertKind;
  count: number;
  /** The newest, at most 20. */
  texts: string[];
}

@Injectable()
export class AlertRepository {
  constructor(private readonly database: Database) {}

  /** Records what people are to be told of and were not yet. One task does so at a time; where one is at it, nothing happens. */
  async raise(): Promise<void> {
    await this.database.transaction(
      async (tx) => {
        const row = await tx.one<{ isFree: boolean }>(sql`
          SELECT pg_try_advisory_xact_lock(hashtextextended('alerts', 0)) AND EXISTS (SELECT FROM alert_subscription) AS "isFree"`);
        if (!row.isFree) return;
        await tx.query(LOW_ITEMS);
        await tx.query(OTHERS);
      },
      { isBackground: true },
    );
  }

  /** Takes a person who is due a mail. The pause begins now: a task that dies before its mail is sent leaves it for later. */
  claim(): Promise<DueMail | undefined> {
    return this.database.first(sql`
      UPDATE alert_subscription due SET next_at = clock_timestamp() + ${PAUSE}
      FROM user_account person WHERE person.id = due.user_id AND due.user_id = (
        SELECT subscription.user_id FROM alert_subscription subscription JOIN user_account account ON account.id = user_id
        WHERE next_at <= clock_timestamp() AND EXISTS (SELECT FROM alert WHERE ${IS_FOR})
        ORDER BY next_at LIMIT 1 FOR UPDATE OF subscription SKIP LOCKED)
      RETURNING due.user_id AS "userId", person.email`);
  }

  /** What a person is to be told of, by kind, and how far that goes. */
  async read(userId: string): Promise<{ groups: AlertGroup[]; upTo: string }> {
    const groups = await this.database.query<AlertGroup & { upTo: string }>(sql`
      SELECT alert.kind, count(*)::int AS count, (array_agg(alert.text ORDER BY alert.id DESC))[:20] AS texts, max(alert.id)::text AS "upTo"
      FROM alert_subscription subscription JOIN user_account account ON account.id = user_id JOIN alert ON ${IS_FOR}
      WHERE user_id = ${userId} GROUP BY alert.kind ORDER BY alert.kind`);
    const upTo = groups.map((group) => BigInt(group.upTo)).reduce((last, id) => (id > last ? id : last), 0n);
    return { groups, upTo: String(upTo) };
  }

  async recordTold(userId: string, upTo: string): Promise<void> {
    await this.database.query(sql`
      UPDATE alert_subscription SET told_up_to = greatest(told_up_to, ${upTo}::bigint) WHERE user_id = ${userId}`);
  }

  async kindsOf(userId: string, db: Queryable = this.database): Promise<AlertKind[]> {
    const row = await db.first<{ kinds: AlertKind[] }>(sql`
      SELECT kinds FROM alert_subscription WHERE user_id = ${userId}`);
    return row?.kinds ?? [];
  }

  /** Of what came before, a person is not told. */
  async subscribe(tx: Queryable, userId: string, kinds: AlertKind[]): Promise<void> {
    if (kinds.length === 0) await tx.query(sql`DELETE FROM alert_subscription WHERE user_id = ${userId}`);
    else
      await tx.query(sql`
        INSERT INTO alert_subscription (user_id, kinds, told_up_to)
        VALUES (${userId}, ${kinds}, coalesce((SELECT max(id) FROM alert), 0))
        ON CONFLICT (user_id) DO UPDATE SET kinds = excluded.kinds`);
  }

  async deleteOld(): Promise<void> {
    await this.database.query(sql`DELETE FROM alert WHERE created_at < now() - interval '30 days'`);
  }
}

/** An item that was out and is only low now is on its way back: that is not told. */
const LOW_ITEMS = sql`
  WITH ${OVERDUE}, ${PER_ITEM},
  low AS MATERIALIZED (
    SELECT item.id, item.sku, item.name, stock.available, item.reorder_point,
           CASE WHEN stock.available <= 0 THEN 'out-of-stock' ELSE 'low-stock' END AS state
    FROM item LEFT JOIN per_item ON per_item.item_id = item.id
    CROSS JOIN LATERAL (SELECT coalesce(per_item.on_hand - per_item.reserved, 0) AS available) stock
    WHERE item.archived_at IS NULL AND stock.available <= item.reorder_point),
  gone AS (DELETE FROM low_item WHERE item_id NOT IN (SELECT id FROM low)),
  changed AS (
    INSERT INTO low_item (item_id, state) SELECT id, state FROM low
    ON CONFLICT (item_id) DO UPDATE SET state = excluded.state WHERE low_item.state <> excluded.state
    RETURNING item_id, new.state, old.state AS was)
  INSERT INTO alert (kind, subject_id, text)
  SELECT changed.state, item_id, sku || ', ' || name || ': ' || available || ' available, reorder point ' || reorder_point
  FROM changed JOIN low ON low.id = item_id
  WHERE changed.state = 'out-of-stock' OR was IS NULL ORDER BY sku`;

/** Each once: the unique key refuses what was recorded before. */
const OTHERS = sql`
  INSERT INTO alert (kind, subject_id, occurrence, text)
  SELECT 'reservation-expiring', id, expires_at::text,
         coalesce(reference, 'without a reference') || ', until ' || to_char(expires_at, 'YYYY-MM-DD HH24:MI') || ' UTC'
  FROM reservation
  WHERE state = 'held' AND expires_at BETWEEN now() AND now() + ${NOTICE} AND expires_at > created_at + ${NOTICE}
  UNION ALL
  SELECT 'import-failed', id, version::text, coalesce(file_name, id::text)
  FROM import WHERE state = 'failed' AND NOT dry_run AND finished_at > now() - interval '1 day'
  UNION ALL
  SELECT 'webhook-disabled', id, version::text, coalesce(nullif(description, ''), id::text)
  FROM webhook WHERE NOT enabled AND disabled_reason IS NOT NULL AND updated_at > now() - interval '1 day'
  ON CONFLICT DO NOTHING`;
