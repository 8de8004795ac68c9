import { isDay, isUuid, readFilters } from '../../../components/filters/url-filters.ts';
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

export const parseMovementsSearch = (search: Record<string, unknown>): MovementsSearch =>
  readFilters(search, {
    type: (text) => (TYPES as readonly string[]).includes(text),
    itemId: isUuid,
    locationId: isUuid,
    actorId: isUuid,
    reference: (text) => text.length >= 1 && text.length <= 200,
    from: isDay,
    to: isDay,
  }) as MovementsSearch;
