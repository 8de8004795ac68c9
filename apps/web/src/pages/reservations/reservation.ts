import { responseData, api, type Schema } from '../../api/client.ts';

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

/** How a person may end one: the stock goes out, or is given back. */
export type EndAction = 'commit' | 'release';

export async function endReservation(id: string, ending: EndAction, header: Header): Promise<void> {
  const params = { path: { id }, header };
  if (ending === 'commit') await responseData(api.POST('/api/v1/reservations/{id}/commit', { params }));
  else await responseData(api.POST('/api/v1/reservations/{id}/release', { params }));
}
