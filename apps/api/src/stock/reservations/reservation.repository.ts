import { Injectable } from '@nestjs/common';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { ListReservations, ReservationState } from '#contracts';
import { Database, type Queryable } from '../../database/database.ts';
import type { Resource } from '../../http/json-response.ts';
import { etagOf } from '../../http/etag.ts';
import { filters, readPage, parseSort } from '../../lists/keyset.ts';
import type { Level } from '../levels/level.ts';

export interface HeldReservation {
  id: string;
  state: ReservationState;
  reference: string | null;
}

export interface HeldLine {
  reservationId: string;
  itemId: string;
  locationId: string;
  quantity: number;
}

@Injectable()
export class ReservationRepository {
  constructor(private readonly database: Database) {}

  async insert(
    tx: Queryable,
    {
      reference,
      ttlSeconds,
      actorId,
      lines,
    }: { reference: string | null; ttlSeconds: number; actorId: string; lines: { level: Level; quantity: number }[] },
  ): Promise<string> {
    const row = await tx.first<{ id: string }>(sql`
      WITH promise AS (
        INSERT INTO reservation (reference, expires_at, actor_id)
        VALUES (${reference}, clock_timestamp() + make_interval(secs => ${ttlSeconds}), ${actorId}) RETURNING id
      ), lines AS (
        INSERT INTO reservation_line (reservation_id, line_no, item_id, location_id, quantity)
        SELECT promise.id, line.n, line.item_id, line.location_id, line.quantity
        FROM promise, unnest(${lines.map(({ level }) => level.item.id)}::uuid[], ${lines.map(({ level }) => level.location.id)}::uuid[],
          ${lines.map(({ quantity }) => quantity)}::bigint[]) WITH ORDINALITY AS line(item_id, location_id, quantity, n)
      )
      SELECT id FROM promise`);
    return row!.id;
  }

  lock(tx: Queryable, id: string): Promise<HeldReservation | undefined> {
    return tx.first(sql`SELECT id, state, reference FROM reservation WHERE id = ${id} FOR UPDATE`);
  }

  /** Whether it has expired by the current time, not by the transaction's start: it may have waited for locks. */
  async isOverdue(tx: Queryable, id: string): Promise<boolean> {
    const row = await tx.first<{ overdue: boolean }>(
      sql`SELECT expires_at <= clock_timestamp() AS overdue FROM reservation WHERE id = ${id}`,
    );
    return row!.overdue;
  }

  /** Takes up to `limit` overdue ones that no other transaction is ending. */
  lockOverdue(tx: Queryable, limit: number): Promise<{ id: string }[]> {
    return tx.query(sql`
      SELECT id FROM reservation WHERE state = 'held' AND expires_at <= now() ORDER BY expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`);
  }

  async linesOf(tx: Queryable, ids: string[]): Promise<HeldLine[]> {
    const rows = await tx.query<HeldLine & { quantity: string }>(sql`
      SELECT reservation_id AS "reservationId", item_id AS "itemId", location_id AS "locationId", quantity
      FROM reservation_line WHERE reservation_id = ANY(${ids}::uuid[]) ORDER BY reservation_id, line_no`);
    return rows.map((row) => ({ ...row, quantity: Number(row.quantity) }));
  }

  /** Ends reservations that are held, at now or, where they expired, when they did. */
  async end(
    tx: Queryable,
    ids: string[],
    state: Exclude<ReservationState, 'held'>,
    movementId: string | null = null,
  ): Promise<void> {
    await tx.query(sql`
      UPDATE reservation
      SET state = ${state}, movement_id = ${movementId}, version = version + 1,
          ended_at = CASE WHEN ${state} = 'expired' THEN expires_at ELSE clock_timestamp() END
      WHERE id = ANY(${ids}::uuid[])`);
  }

  async find(id: string, db: Queryable = this.database): Promise<Resource | undefined> {
    const row = await db.first<{ json: string; version: number; state: string }>(sql`
      SELECT row_to_json(resource)::text AS json, resource.version, resource.state
      FROM reservation page CROSS JOIN LATERAL (${resource()}) resource WHERE page.id = ${id}`);
    return row && { json: row.json, etag: etagOf(row.version, row.state) };
  }

  list(query: ListReservations): Promise<string> {
    const { descending } = parseSort(query.sort ?? '-createdAt');
    return readPage(this.database, query, {
      from: sql`FROM reservation`,
      where: filters(
        query.state === 'held' && sql`(reservation.state = 'held' AND reservation.expires_at > now())`,
        query.state === 'expired' &&
          sql`(reservation.state = 'expired' OR (reservation.state = 'held' AND reservation.expires_at <= now()))`,
        query.state !== undefined &&
          query.state !== 'held' &&
          query.state !== 'expired' &&
          sql`reservation.state = ${query.state}`,
        query.itemId !== undefined &&
          sql`reservation.id IN (SELECT reservation_id FROM reservation_line WHERE item_id = ${query.itemId})`,
        query.reference !== undefined && sql`reservation.reference = ${query.reference}`,
      ),
      columns: sql`reservation.*`,
      keys: [{ column: sql`reservation.id`, type: 'uuid' }],
      descending,
      order: query.sort ?? '-createdAt',
      resource: resource(FIRST_LINES),
    });
  }
}

/** In a list: a page of 200 reservations of 500 lines each would be 34 MB. */
const FIRST_LINES = sql`LIMIT 20`;

/** One row of `page` as the contract's `Reservation`: over when its time is over, whether or not it was swept yet. */
const resource = (limit: Sql = empty): Sql => sql`
  SELECT page.id, CASE WHEN overdue THEN 'expired' ELSE page.state END AS state, page.reference, page.expires_at AS "expiresAt",
         CASE WHEN overdue THEN page.expires_at ELSE page.ended_at END AS "endedAt", page.movement_id AS "movementId",
         (SELECT json_build_object('id', id, 'kind', kind, 'name', name) FROM actor WHERE actor.id = page.actor_id) AS "createdBy",
         page.version, page.created_at AS "createdAt",
         (SELECT count(*) FROM reservation_line WHERE reservation_id = page.id) AS "lineCount",
         (SELECT json_agg(line) FROM (
           SELECT json_build_object('id', item.id, 'sku', item.sku, 'name', item.name) AS item,
                  json_build_object('id', location.id, 'code', location.code) AS location, quantity
           FROM reservation_line JOIN item ON item.id = reservation_line.item_id JOIN location ON location.id = reservation_line.location_id
           WHERE reservation_id = page.id ORDER BY line_no ${limit}) line) AS lines
  FROM (SELECT page.state = 'held' AND page.expires_at <= now() AS overdue) clock`;
