import { useDraft } from '../drafts/use-draft.ts';
import { isArrayOf, isRecord, isText } from '../drafts/guards.ts';
import type { MovementKind } from './movement.ts';

/** What stands in the form, as it was typed. */
export interface MovementFields {
  /** Location ids. */
  location: string;
  to: string;
  quantity: string;
  reference: string;
  note: string;
}

export interface MovementDraft {
  fields: MovementFields;
  /** What was on hand when the person began, by location id: a count is compared with that. */
  seen: [locationId: string, onHand: number][];
}

/** The draft of one kind of movement of one item. */
export const useMovementDraft = (kind: MovementKind, itemId: string) => useDraft(`${kind}.${itemId}`, isMovementDraft);

const isMovementDraft = (value: unknown): value is MovementDraft =>
  isRecord(value) && isFields(value.fields) && isArrayOf(value.seen, isSeen);

const isFields = (value: unknown): value is MovementFields =>
  isRecord(value) && [value.location, value.to, value.quantity, value.reference, value.note].every(isText);

const isSeen = (value: unknown): value is [string, number] =>
  Array.isArray(value) && isText(value[0]) && Number.isSafeInteger(value[1]);
