import type { ReservationState } from './reservation.ts';

export const STATES: readonly ReservationState[] = ['held', 'committed', 'released', 'expired'];

/** As the URL holds it. Without a state, those that are held. */
export interface ReservationsSearch {
  state?: ReservationState | 'all';
  reference?: string;
}

export function parseReservationsSearch({ state, reference }: Record<string, unknown>): ReservationsSearch {
  const known = [...STATES, 'all' as const].find((other) => other === state);
  // The router reads `?reference=118` as a number.
  const text = typeof reference === 'number' ? String(reference) : reference;
  return {
    ...(known && known !== 'held' && { state: known }),
    ...(typeof text === 'string' && text !== '' && { reference: text.slice(0, 200) }),
  };
}
