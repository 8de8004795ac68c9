import { MOVEMENT_TYPES, type MovementType } from '../../../stock/movement.ts';

export interface NewMovementSearch {
  /** What happens. Default: what the draft is about, else a receipt. */
  type?: MovementType;
  /** The id of the location to begin with, where a page leads here for it. */
  location?: string;
}

export function parseNewMovementSearch({ type, location }: Record<string, unknown>): NewMovementSearch {
  const known = MOVEMENT_TYPES.find((other) => other === type);
  return { ...(known && { type: known }), ...(typeof location === 'string' && location !== '' && { location }) };
}
