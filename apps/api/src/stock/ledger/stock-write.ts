import type { JsonResponse } from '../../http/json-response.ts';
import { applyEntries } from './compute-entries.ts';
import type { Level, Levels } from '../levels/level.ts';
import type { NewMovement, StoredMovement } from '../movements/movement.repository.ts';
import type { ChangedReservation, NewReservation, StoredReservation } from '../reservations/reservation.repository.ts';
import type { Posting } from './posting.ts';

/** What a batch has read once the levels are locked. */
export interface BatchState {
  /** When the transaction began, as JSON text; `created_at` of what it writes. */
  now: string;
  /** The time once the levels were locked, as JSON text. */
  clock: string;
  /** By id, those that writes of the batch change. */
  reservations: Map<string, StoredReservation>;
  /** By id, those that writes of the batch reverse. */
  movements: Map<string, StoredMovement>;
}

/** What one write changes, and its response. */
export interface Effects {
  movement?: NewMovement;
  reservation?: NewReservation;
  change?: ChangedReservation;
  /** What it adds to, or with a negative number takes off, what is reserved of levels. */
  reserved?: { level: Level; delta: number }[];
  response: JsonResponse;
}

/** A change of stock that the ledger is asked for. It is evaluated while the levels of its postings are locked. */
export interface StockWrite {
  postings: Posting[];
  /** The reservation that it changes, of whose lines its postings are: their locks are what protects its state. */
  reservationId?: string;
  /** The same for the movement that it reverses. */
  reversedId?: string;
  /** Refuses for reasons other than its levels. @throws Problem */
  check?: (state: BatchState) => void;
  /** Works out what it does, and changes nothing. @throws Problem where it is refused */
  plan: (levels: Levels, state: BatchState) => Effects;
}

/** Makes what is in memory what it is after a write, for those that follow in its batch. */
export function applyEffects(
  { reversedId }: StockWrite,
  { movement, change, reserved = [] }: Effects,
  state: BatchState,
): void {
  applyEntries(movement?.entries ?? []);
  for (const { level, delta } of reserved) level.reserved += delta;
  if (change) state.reservations.set(change.id, change);
  if (reversedId) state.movements.get(reversedId)!.isReversed = true;
}
