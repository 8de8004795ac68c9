import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import type { ListMovements, MovementType } from '#contracts';
import { Database, type Queryable } from '../../database/database.ts';
import { compactJson, type Resource } from '../../http/json-response.ts';
import { etagOfText } from '../../http/etag.ts';
import { readPage, parseSort } from '../../lists/keyset.ts';
import { movementFilters } from './movement-filters.ts';
import type { Entry } from '../ledger/compute-entries.ts';

/** One of its lines. The caller holds the level's lock. */
type NewLine = Omit<Entry, 'level'> & { level: { item: { id: string }; location: { id: string } } };

/** A movement that is about to be written. */
export interface NewMovement<Line extends NewLine = Entry> {
  id: string;
  type: MovementType;
  reference: string | null;
  note: string | null;
  /** The `seq` of the movement that it undoes. */
  reverses: string | null;
  actorId: string;
  entries: Line[];
}

/** A movement as it is stored, without its lines. */
export interface StoredMovement {
  seq: string;
  type: MovementType;
  isReversed: boolean;
}

/** A line of a movement. */
export interface StoredLine {
  itemId: string;
  locationId: string;
  delta: number;
  reason: string | null;
}

@Injectable()
export class MovementRepository {
  constructor(private readonly database: Database) {}

  /** Writes documents and their lines in one statement. The caller holds the levels' locks. */
  async insert(tx: Queryable, movements: NewMovement<NewLine>[]): Promise<void> {
    const lines = movements.flatMap(({ id, entries }) => entries.map((entry, n) => ({ ...entry, id, n: n + 1 })));
    await tx.query(sql`
      WITH document AS (
        INSERT INTO movement (id, type, reference, note, reverses, actor_id)
        SELECT * FROM unnest(${movements.map(({ id }) => id)}::uuid[], ${movements.map(({ type }) => type)}::text[],
          ${movements.map(({ reference }) => reference)}::text[], ${movements.map(({ note }) => note)}::text[],
          ${movements.map(({ reverses }) => reverses)}::bigint[], ${movements.map(({ actorId }) => actorId)}::uuid[])
        RETURNING id, seq
      )
      INSERT INTO movement_line (movement_seq, line_no, item_id, location_id, delta, on_hand_after, reason)
      SELECT document.seq, line.n, line.item_id, line.location_id, line.delta, line.on_hand_after, line.reason
      FROM unnest(${lines.map(({ id }) => id)}::uuid[], ${lines.map(({ n }) => n)}::int[],
        ${lines.map(({ level }) => level.item.id)}::uuid[], ${lines.map(({ level }) => level.location.id)}::uuid[],
        ${lines.map(({ delta }) => delta)}::bigint[], ${lines.map(({ onHandAfter }) => onHandAfter)}::bigint[],
        ${lines.map(({ reason }) => reason)}::text[]) AS line(id, n, item_id, location_id, delta, on_hand_after, reason)
      JOIN document ON document.id = line.id`);
  }

  async find(id: string): Promise<Resource | undefined> {
    const row = await this.database.first<{ json: string }>(sql`
      SELECT row_to_json(resource)::text AS json FROM movement page CROSS JOIN LATERAL (${resourceWith(ALL_LINES)}) resource WHERE page.id = ${id}`);
    if (!row) return undefined;
    const json = compactJson(row.json);
    return { json, etag: etagOfText(json) };
  }

  /** By id. The caller holds the locks of the levels of their lines: only then can another not be reversing one of them. */
  async findStored(tx: Queryable, ids: string[]): Promise<Map<string, StoredMovement>> {
    const rows = await tx.query<StoredMovement & { id: string }>(sql`
      SELECT id, seq, type, EXISTS (SELECT FROM movement other WHERE other.reverses = movement.seq) AS "isReversed"
      FROM movement WHERE id = ANY(${ids}::uuid[])`);
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  }

  async linesOf(id: string): Promise<StoredLine[]> {
    const rows = await this.database.query<StoredLine & { delta: string }>(sql`
      SELECT item_id AS "itemId", location_id AS "locationId", delta, reason
      FROM movement_line WHERE movement_seq = (SELECT seq FROM movement WHERE id = ${id}) ORDER BY line_no`);
    return rows.map((row) => ({ ...row, delta: Number(row.delta) }));
  }

  list(query: ListMovements): Promise<string> {
    const { descending } = parseSort(query.sort ?? '-createdAt');
    return readPage(this.database, query, {
      from: sql`FROM movement`,
      where: movementFilters(query),
      columns: sql`movement.*`,
      keys: [{ column: sql`movement.seq`, type: 'bigint' }],
      descending,
      order: query.sort ?? '-createdAt',
      resource: resourceWith(FIRST_LINES),
    });
  }
}

const ALL_LINES = sql``;
const FIRST_LINES = sql`LIMIT 20`;

/** One row of `page` as the contract's `Movement`, with as many of its lines. */
const resourceWith = (lines: Sql): Sql => sql`
  SELECT page.id, page.type, page.reference, page.note,
         (SELECT id FROM movement other WHERE other.seq = page.reverses) AS reverses,
         (SELECT id FROM movement other WHERE other.reverses = page.seq) AS "reversedBy",
         (SELECT json_build_object('id', id, 'kind', kind, 'name', name) FROM actor WHERE actor.id = page.actor_id) AS "createdBy",
         page.created_at AS "createdAt",
         (SELECT count(*) FROM movement_line WHERE movement_seq = page.seq) AS "lineCount",
         (SELECT json_agg(line) FROM (
           SELECT json_build_object('id', item.id, 'sku', item.sku, 'name', item.name) AS item,
                  json_build_object('id', location.id, 'code', location.code) AS location,
                  delta, on_hand_after AS "onHandAfter", reason
           FROM movement_line JOIN item ON item.id = movement_line.item_id JOIN location ON location.id = movement_line.location_id
           WHERE movement_seq = page.seq ORDER BY line_no ${lines}) line) AS lines`;
