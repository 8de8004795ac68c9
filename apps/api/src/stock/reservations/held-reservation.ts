import { Problem } from '#service';
import { type Posting, posting } from '../ledger/posting.ts';
import type { BatchState, Effects, StockWrite } from '../ledger/stock-write.ts';
import type { Level, Levels } from '../levels/level.ts';
import type { HeldLine, StoredReservation } from './reservation.repository.ts';

/** A line of a reservation with the level that it is held of. */
export interface LockedLine extends HeldLine {
  level: Level;
}

/**
 * A change of a reservation that is held.
 * @param lines those that it had at some time, whose levels are locked; none where there is no such reservation
 * @param plan from the reservation and the lines that it has once they are
 */
export const heldReservation = (
  id: string,
  lines: HeldLine[],
  plan: (reservation: StoredReservation, held: LockedLine[], state: BatchState & { levels: Levels }) => Effects,
): StockWrite => ({
  postings: lines.map((line, n) => issueOf(n, line)),
  reservationId: id,
  check: ({ reservations }) => checkHeld(reservations.get(id) ?? noReservation(id)),
  plan: (levels, state) => {
    const reservation = state.reservations.get(id)!;
    const held = reservation.lines.map((line) => ({ ...line, level: levels.get({ item: line.itemId, location: line.locationId }) })); // prettier-ignore
    return plan(reservation, held, { ...state, levels });
  },
});

/** Reserved and on hand is enough, even where a count found less than all reservations together hold. */
export const issueOf = (n: number, { itemId, locationId, quantity }: Pick<HeldLine, 'itemId' | 'locationId' | 'quantity'>): Posting =>
  posting(n, { item: itemId, location: locationId }, { delta: -quantity }, { floor: 'zero' }); // prettier-ignore

/** Its time is compared once the levels are locked: what counted it as overdue before has taken its stock by now. */
function checkHeld({ state, isOverdue }: StoredReservation): void {
  const ended = state === 'held' && isOverdue ? 'expired' : state;
  if (ended !== 'held')
    throw new Problem('conflict', `This reservation was ${ended} already.`, { extensions: { state: ended } });
}

/** @throws Problem `not-found` */
export function noReservation(id: string): never {
  throw new Problem('not-found', `There is no reservation ${id}.`);
}
