import { isArrayOf, isItemName, isOptional, isRecord, isText } from '../../drafts/guards.ts';
import { MOVEMENT_TYPES, type MovementType } from '../movement.ts';
import { type DraftLine, newLine } from './draft-line.ts';

type StoredLine = Omit<DraftLine, 'key'>;

/** A half-filled document as the browser keeps it. */
export interface StoredDraft {
  type: MovementType;
  reference: string;
  note: string;
  lines: StoredLine[];
}

export const storedLines = (lines: readonly DraftLine[]): StoredLine[] => lines.map(({ key: _, ...line }) => line);

export const restoredLines = ({ lines }: StoredDraft): DraftLine[] => lines.map((line) => ({ ...newLine(), ...line }));

export const isStoredDraft = (value: unknown): value is StoredDraft =>
  isRecord(value) &&
  MOVEMENT_TYPES.includes(value.type as MovementType) &&
  isText(value.reference) &&
  isText(value.note) &&
  isArrayOf(value.lines, isLine) &&
  value.lines.length > 0;

const isLine = (value: unknown): value is StoredLine =>
  isRecord(value) &&
  (value.item === null || isItemName(value.item)) &&
  [value.location, value.to, value.quantity, value.reason].every(isText) &&
  isOptional(value.seenOnHand, Number.isSafeInteger);
