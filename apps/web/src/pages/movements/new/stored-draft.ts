import { isArrayOf, isItemName, isOptional, isRecord, isText } from '../../../drafts/guards.ts';
import { type DraftLine, newLine } from './draft.ts';
import { DRAFT_TYPES, type DraftType } from './search.ts';

type StoredLine = Omit<DraftLine, 'key'>;

/** A half-filled document as the browser keeps it. */
export interface StoredDraft {
  type: DraftType;
  reference: string;
  note: string;
  lines: StoredLine[];
}

export const storedLines = (lines: readonly DraftLine[]): StoredLine[] => lines.map(({ key: _, ...line }) => line);

export const restoredLines = ({ lines }: StoredDraft): DraftLine[] => lines.map((line) => ({ ...newLine(), ...line }));

export const isStoredDraft = (value: unknown): value is StoredDraft =>
  isRecord(value) &&
  DRAFT_TYPES.includes(value.type as DraftType) &&
  isText(value.reference) &&
  isText(value.note) &&
  isArrayOf(value.lines, isLine) &&
  value.lines.length > 0;

const isLine = (value: unknown): value is StoredLine =>
  isRecord(value) &&
  (value.item === null || isItemName(value.item)) &&
  [value.location, value.to, value.quantity, value.reason].every(isText) &&
  isOptional(value.seenOnHand, Number.isSafeInteger);
