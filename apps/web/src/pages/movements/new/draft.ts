import {
  counted,
  type NumberRule,
  quantity,
  quantityChange,
  reasonOf,
  valueOf,
} from '../../../components/number-field/parse-number.ts';
import type { ItemName } from '../../../stock/item-picker.tsx';
import { newMovementTexts as texts } from '../../../texts/movements.ts';
import type { LineErrors } from '../../../stock/problem-lines.ts';
import { isLargeDifference } from '../../../stock/large-difference.ts';
import type { MovementBody } from '../../../stock/movement.ts';
import type { DraftType } from './search.ts';

/** As many as the API takes. */
export const MAX_LINES = 500;

export interface DraftLine {
  /** For React only. */
  key: number;
  item: ItemName | null;
  /** Location ids; `to` of a transfer. */
  location: string;
  to: string;
  /** As typed. Also an adjustment's change and what a count found. */
  quantity: string;
  reason: string;
  /** What the person saw to be on hand when they chose the place. A count is refused where it is another by then. */
  seenOnHand?: number | undefined;
}

let lastKey = 0;
/** A further line is likely to be for the same place. */
export const newLine = (before?: DraftLine): DraftLine => ({
  key: ++lastKey,
  item: null,
  location: before?.location ?? '',
  to: before?.to ?? '',
  quantity: '',
  reason: before?.reason ?? '',
});

/** What a line's number may be. */
export const quantityRule = (type: DraftType): NumberRule =>
  type === 'adjustment' ? quantityChange : type === 'count' ? counted : quantity;

/** What is missing or wrong before the API is asked, by the line's number. */
export function validateLines(type: DraftType, lines: readonly DraftLine[]): Map<number, LineErrors> {
  const found = new Map<number, LineErrors>();
  const seen = new Set<string>();
  lines.forEach((line, index) => {
    const errors: LineErrors = {};
    if (!line.item) errors.item = texts.needed;
    if (!line.location) errors.location = texts.needed;
    if (type === 'transfer' && !line.to) errors.to = texts.needed;
    if (type === 'transfer' && line.to && line.to === line.location) errors.to = texts.samePlace;
    const reason = reasonOf(line.quantity, quantityRule(type));
    if (reason) errors.quantity = reason;
    if (type === 'adjustment' && line.reason.trim() === '') errors.reason = texts.needed;
    const place = `${line.item?.id} ${line.location}`;
    // Twice counted, only one of the two could be true.
    if (type === 'count' && seen.has(place)) errors.item = texts.twice;
    if (line.item && line.location) seen.add(place);
    if (Object.keys(errors).length > 0) found.set(index, errors);
  });
  return found;
}

/** Of a line that was counted: how the level changes. */
export function countedDifference({ quantity, seenOnHand }: DraftLine): { before: number; after: number } | undefined {
  const after = valueOf(quantity, counted) ?? undefined;
  return after === undefined || seenOnHand === undefined ? undefined : { before: seenOnHand, after };
}

/** How many counts change a level so much that they are rather typing errors. */
export const largeDifferences = (type: DraftType, lines: readonly DraftLine[]): number =>
  lines.filter((line) => {
    const difference = type === 'count' ? countedDifference(line) : undefined;
    return difference && isLargeDifference(difference.before, difference.after);
  }).length;

/** Of a draft that has no errors. */
export function movementBody(
  type: DraftType,
  { reference, note }: { reference: string; note: string },
  lines: readonly DraftLine[],
): MovementBody {
  const heading = { reference: reference.trim() || null, note: note.trim() || null };
  const of = <T>(make: (line: DraftLine & { place: string; amount: number; id: string }) => T): T[] =>
    lines.map((line) =>
      make({ ...line, id: line.item!.id, place: line.location, amount: valueOf(line.quantity, quantityRule(type))! }),
    );
  switch (type) {
    case 'receipt':
    case 'issue':
      return {
        ...heading,
        type,
        lines: of(({ id, place, amount }) => ({ item: id, location: place, quantity: amount })),
      };
    case 'transfer':
      return {
        ...heading,
        type,
        lines: of(({ id, place, to, amount }) => ({ item: id, from: place, to, quantity: amount })),
      };
    case 'adjustment':
      return {
        ...heading,
        type,
        lines: of(({ id, place, amount, reason }) => ({
          item: id,
          location: place,
          delta: amount,
          reason: reason.trim(),
        })),
      };
    case 'count':
      return {
        ...heading,
        type,
        lines: of(({ id, place, amount, seenOnHand }) => ({
          item: id,
          location: place,
          counted: amount,
          ...(seenOnHand !== undefined && { expectedOnHand: seenOnHand }),
        })),
      };
  }
}
