import type { MovementType } from '../movement.ts';

export const TYPES: readonly MovementType[] = ['receipt', 'issue', 'transfer', 'adjustment', 'count', 'reversal'];

/** The filters of the ledger, as the URL holds them. */
export interface MovementsSearch {
  type?: MovementType;
  itemId?: string;
  locationId?: string;
  actorId?: string;
  reference?: string;
  /** Days of the person's own calendar, `2026-11-23`; `to` is the last one. */
  from?: string;
  to?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function parseMovementsSearch(search: Record<string, unknown>): MovementsSearch {
  const found: Record<string, string> = {};
  const keep = (name: keyof MovementsSearch, isRight: (text: string) => boolean) => {
    // The router reads `?reference=118` as a number.
    const text = typeof search[name] === 'number' ? String(search[name]) : search[name];
    if (typeof text === 'string' && isRight(text)) found[name] = text;
  };
  keep('type', (text) => (TYPES as readonly string[]).includes(text));
  for (const name of ['itemId', 'locationId', 'actorId'] as const) keep(name, (text) => UUID.test(text));
  keep('reference', (text) => text.length >= 1 && text.length <= 200);
  for (const name of ['from', 'to'] as const) keep(name, (text) => DAY.test(text) && !isNaN(startOf(text).getTime()));
  return found;
}

/** As the API takes them: whole days of the person's calendar become moments. */
export const toApiQuery = ({ from, to, ...rest }: MovementsSearch) => ({
  ...rest,
  ...(from && { from: startOf(from).toISOString() }),
  ...(to && { to: startOf(to, 1).toISOString() }),
});

/** Its first moment, by the browser's clock. @param later so many days after it */
function startOf(day: string, later = 0): Date {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + later);
  return date;
}
