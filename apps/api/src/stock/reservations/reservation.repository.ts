import { Injectable } from '@nestjs/common';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { Actor, ListReservations, ReservationState } from '#contracts';
import { Database, type Queryable } from '../../database/database.ts';
import { compactJson, type Resource } from '../../http/json-response.ts';
import { etagOf } from '../../http/etag.ts';
import { filters, readPage, parseSort } from '../../lists/keyset.ts';
import type { HeldLevel } from './reservation-response.ts';

/** A reservation that is about to be written, with what it holds of which level. */
export interface NewReservation {
  id: string;
  reference: string | null;
  expiresAt: string;
  actorId: string;
  lines: HeldLevel[];
}

/** A reservation as it is stored. */
export interface StoredReservation {
  id: string;
  state: ReservationState;
  reference: string | null;
  expiresAt: string;
  /** Whether its time is over by the server's clock: the transaction may have waited for locks. */
  isOverdue: boolean;
  movementId: string | null;
  createdBy: Actor;
  version: number;
  createdAt: string;
  lines: HeldLine[];
}

/** A reservation as a write leaves it. */
export interface ChangedReservation extends StoredReservation {
  /** Undefined while it is held. */
  endedAt?: string;
  /** The actor of the change. */
  actorId: string;
  /** Those of which it holds less than before: 0 where nothing. */
  reduced?: HeldLine[];
}

export interface HeldLine {
  reservationId: string;
  lineNo: number;
  itemId: string;
  locationId: string;
  quantity: number;
}

@Injectable()
export class ReservationRepository {
  constructor(private readonly database: Database) {}

  /** The caller holds the locks of the levels. */
  async insert(tx: Queryable, reservations: NewReservation[]): Promise<void> {
    const lines = reservations.flatMap(({ id, lines }) => lines.map((line, n) => ({ ...line, id, n: n + 1 })));
    await tx.query(sql`
      WITH document AS (
        INSERT INTO reservation (id, reference, expires_at, actor_id)
        SELECT * FROM unnest(${reservations.map(({ id }) => id)}::uuid[], ${reservations.map(({ reference }) => reference)}::text[],
          ${reservations.map(({ expiresAt }) => expiresAt)}::timestamptz[], ${reservations.map(({ actorId }) => actorId)}::uuid[])
      )
      INSERT INTO reservation_line (reservation_id, line_no, item_id, location_id, quantity)
      SELECT * FROM unnest(${lines.map(({ id }) => id)}::uuid[], ${lines.map(({ n }) => n)}::int[],
        ${lines.map(({ level }) => level.item.id)}::uuid[], ${lines.map(({ level }) => level.location.id)}::uuid[],
        ${lines.map(({ quantity }) => quantity)}::bigint[])`);
  }

  /** By id. The caller holds the locks of the levels of their lines. */
  async findStored(tx: Queryable, ids: string[]): Promise<Map<string, StoredReservation>> {
    const rows = await tx.query<StoredReservation>(sql`
      SELECT reservation.id, state, reference, to_json(expires_at) #>> '{}' AS "expiresAt",
             expires_at <= clock_timestamp() AS "isOverdue",
             json_build_object('id', actor.id, 'kind', actor.kind, 'name', actor.name) AS "createdBy",
             version, movement_id AS "movementId", to_json(reservation.created_at) #>> '{}' AS "createdAt",
             (SELECT json_agg(line ORDER BY "lineNo") FROM (${HELD_LINES} WHERE reservation_id = reservation.id) line) AS lines
      FROM reservation JOIN actor ON actor.id = reservation.actor_id WHERE reservation.id = ANY(${ids}::uuid[])`);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The ids of up to `limit` that are held although their time is over. */
  async findOverdue(limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(sql`
      SELECT id FROM reservation WHERE state = 'held' AND expires_at <= now() ORDER BY expires_at LIMIT ${limit}`);
    return rows.map(({ id }) => id);
  }

  /** A reservation's lines only become fewer and smaller: what is read without the locks of their levels tells which to take. */
  async linesOf(ids: string[], db: Queryable = this.database): Promise<HeldLine[]> {
    const rows = await db.query<HeldLine & { quantity: string }>(sql`
      ${HELD_LINES} WHERE reservation_id = ANY(${ids}::uuid[]) ORDER BY reservation_id, line_no`);
    return rows.map((row) => ({ ...row, quantity: Number(row.quantity) }));
  }

  /** Writes reservations as changes leave them, each in a version of its own. The caller holds the locks of the levels of their lines. */
  async update(tx: Queryable, changes: ChangedReservation[]): Promise<void> {
    await Promise.all(eachOnce(changes).map((once) => this.updateOnce(tx, once)));
  }

  private async updateOnce(tx: Queryable, changes: ChangedReservation[]): Promise<void> {
    const reduced = changes.flatMap((change) => change.reduced ?? []);
    const work = [tx.query(sql`
      UPDATE reservation
      SET state = changed.state, reference = changed.reference, expires_at = changed.expires_at, movement_id = changed.movement_id,
          ended_at = changed.ended_at, version = changed.version, updated_by = changed.actor_id
      FROM unnest(${changes.map(({ id }) => id)}::uuid[], ${changes.map(({ state }) => state)}::text[],
        ${changes.map(({ reference }) => reference)}::text[], ${changes.map(({ expiresAt }) => expiresAt)}::timestamptz[],
        ${changes.map(({ movementId }) => movementId)}::uuid[], ${changes.map(({ endedAt = null }) => endedAt)}::timestamptz[],
        ${changes.map(({ version }) => version)}::int[], ${changes.map(({ actorId }) => actorId)}::uuid[])
        AS changed(id, state, reference, expires_at, movement_id, ended_at, version, actor_id)
      WHERE reservation.id = changed.id`)]; // prettier-ignore
    if (reduced.length > 0) work.push(tx.query(sql`
      WITH reduced AS (
        SELECT * FROM unnest(${reduced.map(({ reservationId }) => reservationId)}::uuid[], ${reduced.map(({ lineNo }) => lineNo)}::int[],
          ${reduced.map(({ quantity }) => quantity)}::bigint[]) AS line(reservation_id, line_no, quantity)
      ), gone AS (
        DELETE FROM reservation_line line USING reduced
        WHERE (line.reservation_id, line.line_no) = (reduced.reservation_id, reduced.line_no) AND reduced.quantity = 0
      )
      UPDATE reservation_line line SET quantity = reduced.quantity FROM reduced
      WHERE (line.reservation_id, line.line_no) = (reduced.reservation_id, reduced.line_no) AND reduced.quantity > 0`)); // prettier-ignore
    await Promise.all(work);
  }

  /**
   * Of these, ends those that are still held although their time was over when the transaction began. The caller holds
   * the locks of the levels of their lines. @returns their ids
   */
  async expire(tx: Queryable, ids: string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(sql`
      UPDATE reservation SET state = 'expired', ended_at = expires_at, version = version + 1
      WHERE id = ANY(${ids}::uuid[]) AND state = 'held' AND expires_at <= now() RETURNING id`);
    return rows.map(({ id }) => id);
  }

  async find(id: string): Promise<Resource | undefined> {
    const row = await this.database.first<{ json: string; version: number; state: string }>(sql`
      SELECT row_to_json(resource)::text AS json, resource.version, resource.state
      FROM reservation page CROSS JOIN LATERAL (${resource()}) resource WHERE page.id = ${id}`);
    return row && { json: compactJson(row.json), etag: etagOf(row.version, row.state) };
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

const HELD_LINES = sql`
  SELECT reservation_id AS "reservationId", line_no AS "lineNo", item_id AS "itemId", location_id AS "locationId", quantity
  FROM reservation_line`;

/** In order, in groups that have each reservation once: a statement changes a row once. */
function eachOnce(changes: ChangedReservation[]): ChangedReservation[][] {
  const seen = new Map<string, number>();
  const groups = Map.groupBy(changes, ({ id }) => {
    const nth = (seen.get(id) ?? 0) + 1;
    seen.set(id, nth);
    return nth;
  });
  return [...groups.values()];
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
