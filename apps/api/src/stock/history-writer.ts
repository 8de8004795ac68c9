import sql from 'sql-template-tag';
import type { MovementType } from '#contracts';
import type { Queryable } from '../database/database.ts';

/** A movement that happened before Stockroom knew of it. */
export interface PastMovement {
  type: MovementType;
  at: Date;
  reference: string | null;
  note: string | null;
  /** The index, in the same history, of the movement that it undoes. */
  reverses: number | null;
  lines: { itemId: string; locationId: string; delta: number; reason: string | null }[];
}

interface PastLevel {
  itemId: string;
  locationId: string;
  onHand: number;
  at: Date;
}

/**
 * Writes a history into the ledger, with the levels that it ends in. Its levels must be new: what is in the ledger
 * already is never added to from behind. `seq` rises with time, as it does where movements are posted.
 * @throws Error where the movements are not in order of time, or one would make a level negative; nothing is written then
 */
export async function writeHistory(tx: Queryable, actorId: string, movements: PastMovement[]): Promise<void> {
  const { levels, onHandAfter } = computeLevels(movements);
  const seqs = await tx.query<{ seq: string }>(sql`
    SELECT nextval(pg_get_serial_sequence('movement', 'seq')) AS seq FROM generate_series(1, ${movements.length}::int)`);
  const seqOf = (index: number | null) => (index === null ? null : seqs[index]!.seq);
  await tx.query(sql`
    INSERT INTO movement (seq, id, type, reference, note, reverses, actor_id, created_at)
    SELECT seq, uuidv7(at - now()), type, reference, note, reverses, ${actorId}, at
    FROM unnest(${seqs.map(({ seq }) => seq)}::bigint[], ${movements.map(({ type }) => type)}::text[],
      ${movements.map(({ reference }) => reference)}::text[], ${movements.map(({ note }) => note)}::text[],
      ${movements.map(({ reverses }) => seqOf(reverses))}::bigint[], ${movements.map(({ at }) => at.toISOString())}::timestamptz[]
    ) AS past(seq, type, reference, note, reverses, at)`);
  const lines = movements.flatMap((movement, m) => movement.lines.map((line, n) => ({ ...line, m, n: n + 1 })));
  await tx.query(sql`
    INSERT INTO movement_line (movement_seq, line_no, item_id, location_id, delta, on_hand_after, reason)
    SELECT * FROM unnest(${lines.map(({ m }) => seqOf(m))}::bigint[], ${lines.map(({ n }) => n)}::int[],
      ${lines.map(({ itemId }) => itemId)}::uuid[], ${lines.map(({ locationId }) => locationId)}::uuid[],
      ${lines.map(({ delta }) => delta)}::bigint[], ${onHandAfter}::bigint[], ${lines.map(({ reason }) => reason)}::text[])`);
  await tx.query(sql`
    INSERT INTO stock_level (item_id, location_id, on_hand, updated_at)
    SELECT * FROM unnest(${levels.map(({ itemId }) => itemId)}::uuid[], ${levels.map(({ locationId }) => locationId)}::uuid[],
      ${levels.map(({ onHand }) => onHand)}::bigint[], ${levels.map(({ at }) => at.toISOString())}::timestamptz[])`);
}

/** What each line leaves on hand, in order, and what each level is in the end. */
function computeLevels(movements: PastMovement[]): { levels: PastLevel[]; onHandAfter: number[] } {
  const levels = new Map<string, PastLevel>();
  const onHandAfter: number[] = [];
  let last = -Infinity;
  for (const { at, lines } of movements) {
    if (at.getTime() < last) throw new Error(`The movement of ${at.toISOString()} comes after a later one.`);
    last = at.getTime();
    for (const { itemId, locationId, delta } of lines) {
      const place = `${itemId} ${locationId}`;
      const onHand = (levels.get(place)?.onHand ?? 0) + delta;
      if (onHand < 0) throw new Error(`The movement of ${at.toISOString()} leaves ${onHand} of item ${itemId}.`);
      levels.set(place, { itemId, locationId, onHand, at });
      onHandAfter.push(onHand);
    }
  }
  return { levels: [...levels.values()], onHandAfter };
}

/** A reservation that is held until a time to come. */
export interface OpenReservation {
  reference: string | null;
  expiresAt: Date;
  lines: { itemId: string; locationId: string; quantity: number }[];
}

/** Reserves stock of levels that no other transaction can see yet. @throws Error where a level has less than is promised; nothing is written then */
export async function writeReservations(
  tx: Queryable,
  actorId: string,
  reservations: OpenReservation[],
): Promise<void> {
  for (const { reference, expiresAt, lines } of reservations) {
    const promise = await tx.one<{ id: string }>(sql`
      INSERT INTO reservation (reference, expires_at, actor_id) VALUES (${reference}, ${expiresAt.toISOString()}, ${actorId}) RETURNING id`);
    for (const [n, { itemId, locationId, quantity }] of lines.entries()) {
      const held = await tx.first(sql`
        UPDATE stock_level SET reserved = reserved + ${quantity}
        WHERE item_id = ${itemId} AND location_id = ${locationId} AND on_hand - reserved >= ${quantity} RETURNING item_id`);
      if (!held) throw new Error(`${reference} promises more of item ${itemId} than is available.`);
      await tx.query(sql`
        INSERT INTO reservation_line (reservation_id, line_no, item_id, location_id, quantity)
        VALUES (${promise.id}, ${n + 1}, ${itemId}, ${locationId}, ${quantity})`);
    }
  }
}
