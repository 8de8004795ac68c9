import { MOVEMENT_KINDS, type MovementKind } from '../../stock/movement.ts';

/** The movement whose form is open, as the URL holds it. */
export function parseItemSearch({ action }: Record<string, unknown>): { action?: MovementKind } {
  const known = MOVEMENT_KINDS.find((other) => other === action);
  return known ? { action: known } : {};
}
