import { randomUUIDv7 } from 'node:crypto';
import type { CommitLine, ItemReference, LocationReference } from '#contracts';
import { InputErrors, Problem } from '#service';
import type { Context } from '../../http/context.ts';
import { ok } from '../../http/json-response.ts';
import { computeEntries } from '../ledger/compute-entries.ts';
import { movementResponse } from '../ledger/movement-response.ts';
import { type Posting, posting } from '../ledger/posting.ts';
import type { BatchState, StockWrite } from '../ledger/stock-write.ts';
import type { Level, Levels } from '../levels/level.ts';
import { reservationResource } from './reservation-response.ts';
import type { HeldLine } from './reservation.repository.ts';

/**
 * Issues what a reservation holds, in one movement, and gives back what of it is not issued.
 * @param lines of the reservation; none where there is no such reservation
 * @param wanted what is issued. Default: all that is held
 */
export function commitReservation(context: Context, id: string, lines: HeldLine[], wanted?: CommitLine[]): StockWrite {
  const write = endOf(id, lines);
  return {
    ...write,
    plan: (levels, { now, clock, reservations }) => {
      const { reference } = reservations.get(id) ?? noReservation(id);
      const issued = wanted ? issuedPart(write.postings, levels, wanted) : write.postings;
      const entries = computeEntries(issued, levels);
      const { actorId } = context.caller;
      const movement = { id: randomUUIDv7(), type: 'issue' as const, reference, note: null, reverses: null, actorId, entries }; // prettier-ignore
      return {
        movement,
        ending: { id, state: 'committed', endedAt: clock, movementId: movement.id, actorId },
        reserved: write.postings.map((place, n) => ({ level: levels.get(place), delta: -lines[n]!.quantity })),
        response: movementResponse(context, movement, { createdAt: now }),
      };
    },
  };
}

/** The postings of a commit that issues less than is held. @throws Problem `invalid-fields` for what is not held */
function issuedPart(held: Posting[], levels: Levels, wanted: CommitLine[]): Posting[] {
  const errors = new InputErrors();
  const left = new Map<Level, number>();
  for (const place of held) left.set(levels.get(place), (left.get(levels.get(place)) ?? 0) - deltaOf(place));
  const postings = wanted.map(({ item, location, quantity }, n) => {
    const level = [...left.keys()].find((one) => isNamed(one.item, item) && isNamed(one.location, location));
    const available = level ? left.get(level)! : 0;
    if (!level) errors.add(`/lines/${n}/item`, 'is not held by this reservation at this location');
    else if (available < quantity) errors.add(`/lines/${n}/quantity`, `must be at most ${available}: no more is held`);
    else left.set(level, available - quantity);
    return posting(n, { item: level?.item.id ?? '', location: level?.location.id ?? '' }, { delta: -quantity }, { floor: 'zero' }); // prettier-ignore
  });
  if (errors.any) throw errors.toProblem('invalid-fields');
  return postings;
}

const deltaOf = ({ change }: Posting): number => ('delta' in change ? change.delta : 0);

/** Whether a reference of the request names this item or location. */
function isNamed(
  named: { id: string } & ({ sku: string } | { code: string }),
  reference: ItemReference | LocationReference,
): boolean {
  // prettier-ignore
  if (typeof reference === 'string') return reference.toLowerCase() === named.id;
  const code = 'sku' in named ? named.sku : named.code;
  return foldedCode('sku' in reference ? reference.sku : reference.code) === foldedCode(code);
}

/** As the database's `fold_text` compares codes; upper case first, which writes out ligatures and the German ß. */
const foldedCode = (code: string): string => code.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').replaceAll('ς', 'σ'); // prettier-ignore

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
