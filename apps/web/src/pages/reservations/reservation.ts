import { responseData, api, type Schema } from '../../api/client.ts';
import { reservationsTexts } from '../../texts/reservations.ts';

export type Reservation = Schema['Reservation'];
export type ReservationState = Reservation['state'];
type Header = { 'Idempotency-Key': string };

/** Queries whose results a reservation changes. */
export const AFFECTED_BY_RESERVATION = [
  ['reservations'],
  ['stock'],
  ['items'],
  ['movements'],
  ['history'],
  ['reports'],
] as const;

export const reserve = (body: Schema['CreateReservation'], header: Header): Promise<Reservation> =>
  responseData(api.POST('/api/v1/reservations', { params: { header }, body }));

/** How long one may be held, in seconds, as the options of a choice. */
export const holdOptions = Object.entries(reservationsTexts.holds).map(([value, label]) => ({ value, label }));

export const extendReservation = (id: string, ttlSeconds: number, header: Header): Promise<Reservation> =>
  responseData(api.PATCH('/api/v1/reservations/{id}', { params: { path: { id }, header }, body: { ttlSeconds } }));

/** How a person may end one: the stock goes out, or is given back. */
export type EndAction = 'commit' | 'release';
/** What a person may do with one that is held. */
export const reservationActions = ['commit', 'extend', 'release'] as const;
export type ReservationAction = (typeof reservationActions)[number];

export async function endReservation(id: string, ending: EndAction, header: Header): Promise<void> {
  const params = { path: { id }, header };
  if (ending === 'commit') await responseData(api.POST('/api/v1/reservations/{id}/commit', { params }));
  else await responseData(api.POST('/api/v1/reservations/{id}/release', { params }));
}
