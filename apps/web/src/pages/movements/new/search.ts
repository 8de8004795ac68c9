import type { MovementBody } from '../../../stock/movement.ts';

export type DraftType = MovementBody['type'];
export const DRAFT_TYPES: readonly DraftType[] = ['receipt', 'issue', 'transfer', 'adjustment', 'count'];

/** What happens, as the URL holds it. */
export function parseDraftSearch({ type }: Record<string, unknown>): { type?: DraftType } {
  const known = DRAFT_TYPES.find((other) => other === type);
  return known ? { type: known } : {};
}
