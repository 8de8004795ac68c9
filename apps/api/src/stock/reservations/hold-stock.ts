import { randomUUIDv7 } from 'node:crypto';
import { type CreateReservation, MAX_LINES } from '#contracts';
import { Problem } from '#service';
import type { Context } from '../../http/context.ts';
import { created } from '../../http/json-response.ts';
import { computeEntries } from '../ledger/compute-entries.ts';
import type { StockWrite } from '../ledger/stock-write.ts';
import { allocate, type AllocatableLine, postingsToLock } from './allocate.ts';
import { expiryAfter, reservationResource } from './reservation-response.ts';

const DEFAULT_TTL_SECONDS = 900;

/** A reservation of all lines, or of none; each is evaluated on what those before it leave. */
export function holdStock(
  context: Context,
  { reference = null, ttlSeconds = DEFAULT_TTL_SECONDS, strategy = 'one-location-first' }: CreateReservation,
  lines: AllocatableLine[],
): StockWrite {
  return {
    postings: postingsToLock(lines),
    plan: (levels, { now, clock }) => {
      // What may be held is what could be issued.
      const held = computeEntries(allocate(lines, levels, strategy), levels).map(({ level, delta }) => ({ level, quantity: -delta })); // prettier-ignore
      if (held.length > MAX_LINES)
        throw new Problem(
          'conflict',
          `It would be held in ${held.length} parts; a reservation has at most ${MAX_LINES}.`,
        );
      const { actorId, kind, name } = context.caller;
      const [id, expiresAt] = [randomUUIDv7(), expiryAfter(clock, ttlSeconds)];
      const header = { id, state: 'held' as const, reference, expiresAt, version: 1, createdAt: now };
      const resource = reservationResource({ ...header, createdBy: { id: actorId, kind, name } }, held);
      return {
        reservation: { id, reference, expiresAt, actorId, lines: held },
        reserved: held.map(({ level, quantity }) => ({ level, delta: quantity })),
        response: created(resource, `${context.path}/${id}`),
      };
    },
  };
}
