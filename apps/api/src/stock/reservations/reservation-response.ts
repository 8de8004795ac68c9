import type { Actor, Reservation } from '#contracts';
import { etagOf } from '../../http/etag.ts';
import type { Resource } from '../../http/json-response.ts';
import type { Level } from '../levels/level.ts';

/** A quantity of a level that a reservation holds. */
export interface HeldLevel {
  level: Level;
  quantity: number;
}

/** The resource that PostgreSQL will build for a reservation once it is committed. */
export function reservationResource(
  {
    id,
    state,
    reference,
    expiresAt,
    endedAt = null,
    movementId = null,
    createdBy,
    version,
    createdAt,
  }: ReservationHeader,
  lines: HeldLevel[],
): Resource {
  const reservation: Reservation = {
    id,
    state,
    reference,
    expiresAt,
    endedAt,
    movementId,
    createdBy,
    version,
    createdAt,
    lineCount: lines.length,
    lines: lines.map(({ level, quantity }) => ({ item: level.item, location: level.location, quantity })),
  };
  return { json: JSON.stringify(reservation), etag: etagOf(version, state) };
}

type ReservationHeader = Omit<Reservation, 'endedAt' | 'movementId' | 'lineCount' | 'lines' | 'createdBy'> & {
  endedAt?: string | null;
  movementId?: string | null;
  createdBy: Actor;
};

/** As PostgreSQL writes a time in JSON: without zeros at the end of its fraction. */
export const expiryAfter = (time: string, seconds: number): string =>
  new Date(Date.parse(time) + seconds * 1000).toISOString().replace(/\.?0*Z$/, '+00:00');
