import type { UpdateReservation } from '#contracts';
import type { Context } from '../../http/context.ts';
import { requireMatch } from '../../http/etag.ts';
import { ok } from '../../http/json-response.ts';
import type { StockWrite } from '../ledger/stock-write.ts';
import { heldReservation } from './held-reservation.ts';
import { expiryAfter, reservationResource } from './reservation-response.ts';
import type { HeldLine } from './reservation.repository.ts';

/** Changes until when it is held, or its reference. @param lines as `heldReservation` @throws Problem `precondition-failed` */
export function updateReservation(
  { caller, ifMatch }: Context,
  id: string,
  lines: HeldLine[],
  { reference, ttlSeconds }: UpdateReservation,
): StockWrite {
  return heldReservation(id, lines, (reservation, held, { clock }) => {
    requireMatch(ifMatch, reservation.version);
    const change = {
      ...reservation,
      reference: reference === undefined ? reservation.reference : reference,
      expiresAt: ttlSeconds === undefined ? reservation.expiresAt : expiryAfter(clock, ttlSeconds),
      version: reservation.version + 1,
      actorId: caller.actorId,
    };
    return { change, response: ok(reservationResource(change, held)) };
  });
}

/** Gives back what it holds. @param lines as `heldReservation` */
export function releaseReservation({ caller }: Context, id: string, lines: HeldLine[]): StockWrite {
  return heldReservation(id, lines, (reservation, held, { clock }) => {
    const { actorId } = caller;
    const change = { ...reservation, state: 'released' as const, endedAt: clock, version: reservation.version + 1, actorId }; // prettier-ignore
    return {
      change,
      reserved: held.map(({ level, quantity }) => ({ level, delta: -quantity })),
      response: ok(reservationResource(change, held)),
    };
  });
}
