import { randomUUIDv7 } from 'node:crypto';
import { Problem } from '#service';
import type { Context } from '../../http/context.ts';
import { ok } from '../../http/json-response.ts';
import { computeEntries } from '../ledger/compute-entries.ts';
import { movementResponse } from '../ledger/movement-response.ts';
import { posting } from '../ledger/posting.ts';
import type { BatchState, StockWrite } from '../ledger/stock-write.ts';
import { reservationResource } from './reservation-response.ts';
import type { HeldLine } from './reservation.repository.ts';

/** Issues what a reservation holds, in one movement. @param lines of the reservation; none where there is no such reservation */
export function commitReservation(context: Context, id: string, lines: HeldLine[]): StockWrite {
  const write = endOf(id, lines);
  return {
    ...write,
    plan: (levels, { now, clock, reservations }) => {
      const entries = computeEntries(write.postings, levels);
      const { reference } = reservations.get(id) ?? noReservation(id);
      const { actorId } = context.caller;
      const movement = { id: randomUUIDv7(), type: 'issue' as const, reference, note: null, reverses: null, actorId, entries }; // prettier-ignore
      return {
        movement,
        ending: { id, state: 'committed', endedAt: clock, movementId: movement.id, actorId },
        reserved: entries,
        response: movementResponse(context, movement, { createdAt: now }),
      };
    },
  };
}

/** Gives back what a reservation holds. @param lines of the reservation; none where there is no such reservation */
export function releaseReservation({ caller }: Context, id: string, lines: HeldLine[]): StockWrite {
  const write = endOf(id, lines);
  return {
    ...write,
    plan: (levels, { clock, reservations }) => {
      const header = reservations.get(id) ?? noReservation(id);
      const released = { ...header, state: 'released' as const, endedAt: clock, version: header.version + 1 };
      const held = write.postings.map((place, n) => ({ level: levels.get(place), quantity: lines[n]!.quantity }));
      return {
        ending: { id, state: 'released', endedAt: clock, movementId: null, actorId: caller.actorId },
        reserved: held.map(({ level, quantity }) => ({ level, delta: -quantity })),
        response: ok(reservationResource(released, held)),
      };
    },
  };
}

const endOf = (id: string, lines: HeldLine[]): Omit<StockWrite, 'plan'> => ({
  // Reserved and on hand is enough, even where a count found less than all reservations together hold.
  postings: lines.map(({ itemId, locationId, quantity }, n) =>
    posting(n, { item: itemId, location: locationId }, { delta: -quantity }, { floor: 'zero' }),
  ),
  reservationId: id,
  check: (batch) => checkHeld(id, batch),
});

/** Its time is compared once the levels are locked: what counted it as overdue before has taken its stock by now. */
function checkHeld(id: string, { reservations }: BatchState): void {
  const { state, isOverdue } = reservations.get(id) ?? noReservation(id);
  const ended = state === 'held' && isOverdue ? 'expired' : state;
  if (ended !== 'held')
    throw new Problem('conflict', `This reservation was ${ended} already.`, { extensions: { state: ended } });
}

/** @throws Problem `not-found` */
export function noReservation(id: string): never {
  throw new Problem('not-found', `There is no reservation ${id}.`);
}
