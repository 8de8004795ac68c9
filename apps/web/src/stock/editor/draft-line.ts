import {
  counted,
  type NumberRule,
  quantity,
  quantityChange,
  reasonOf,
  valueOf,
} from '../../components/number-field/parse-number.ts';
import type { ItemName } from '../item-picker.tsx';
import { newMovementTexts as texts } from '../../texts/movements.ts';
import type { LineErrors } from '../problem-lines.ts';
import { isLargeDifference } from '../large-difference.ts';
import type { MovementBody, MovementType } from '../movement.ts';

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

export const newLine = (begin: Partial<Omit<DraftLine, 'key'>> = {}): DraftLine => ({
  key: ++lastKey,
  item: null,
  location: '',
  to: '',
  quantity: '',
  reason: '',
  ...begin,
});

/** A further line is likely to be for the same place and reason. */
export const lineAfter = (before: DraftLine | undefined): DraftLine =>
  newLine(before && { location: before.location, to: before.to, reason: before.reason });

/** Whether a person has entered something into it. @param begin what it began with */
export const isStarted = ({ item, quantity, reason }: DraftLine, begin: Partial<DraftLine>): boolean =>
  (item !== null && item.id !== begin.item?.id) || quantity !== '' || reason !== '';

/** What a line's number may be. */
export const quantityRule = (type: MovementType): NumberRule =>
  type === 'adjustment' ? quantityChange : type === 'count' ? counted : quantity;

/** What is missing or wrong before the API is asked, by the line's number. */
export function validateLines(type: MovementType, lines: readonly DraftLine[]): Map<number, LineErrors> {
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

/** How the line changes the level where it takes from or brings to, as far as it is filled. */
export function levelChange(
  type: MovementType,
  { quantity, seenOnHand }: DraftLine,
): { before: number; after: number } | undefined {
  const amount = valueOf(quantity, quantityRule(type)) ?? undefined;
  if (amount === undefined || seenOnHand === undefined) return undefined;
  const after = {
    receipt: seenOnHand + amount,
    issue: seenOnHand - amount,
    transfer: seenOnHand - amount,
    adjustment: seenOnHand + amount,
    count: amount,
  }[type];
  return { before: seenOnHand, after };
}

/** Units of all lines together. Lines that are not filled yet count nothing. */
export const totalUnits = (type: MovementType, lines: readonly DraftLine[]): number =>
  lines.reduce((sum, { quantity }) => sum + (valueOf(quantity, quantityRule(type)) ?? 0), 0);

/** Adds so many of an item: to its own line where it has one, else to the first line without an item, else to a new line. */
export function addToLines(lines: readonly DraftLine[], item: ItemName, quantity: string): DraftLine[] {
  const own = lines.find((line) => line.item?.id === item.id);
  const sum = own && Number(valueOf(own.quantity, counted)) + Number(valueOf(quantity, counted) ?? NaN);
  // What is no number stays to be corrected, on a line of its own.
  if (own && Number.isSafeInteger(sum))
    return lines.map((line) => (line === own ? { ...line, quantity: String(sum) } : line));
  const free = lines.find((line) => line.item === null && line.quantity === '');
  if (free) return lines.map((line) => (line === free ? { ...line, item, quantity, seenOnHand: undefined } : line));
  return [...lines, { ...lineAfter(lines.at(-1)), item, quantity }];
}

/** How many counts change a level so much that they are rather typing errors. */
export const largeDifferences = (type: MovementType, lines: readonly DraftLine[]): number =>
  lines.filter((line) => {
    const difference = type === 'count' ? levelChange(type, line) : undefined;
    return difference && isLargeDifference(difference.before, difference.after);
  }).length;

/** Of a draft that has no errors. */
export function movementBody(
  type: MovementType,
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
