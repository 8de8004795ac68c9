import type { ItemReference, LocationReference, MovementInput } from '#contracts';

/** Where stock is: one item at one location, as the caller named them. */
export interface StockKey {
  item: ItemReference;
  location: LocationReference;
}

/** One change of one level that a movement asks for. A transfer's line asks for two. */
export interface Posting extends StockKey {
  /** JSON pointer of the line that asks for it, and within it the names of its item and its location. */
  line: number;
  fields: { item: string; location: string };
  change: { delta: number } | { counted: number };
  /** What the level may not fall below: what is promised to others, or nothing at all where the change tells what is. */
  floor: 'reserved' | 'zero';
  expectedOnHand: number | undefined;
  reason: string | null;
}

/** What a movement asks of the levels, in order. */
export function postingsOf(movement: MovementInput): Posting[] {
  switch (movement.type) {
    case 'receipt':
      return movement.lines.map(({ quantity, ...line }, n) => posting(n, line, { delta: quantity }));
    case 'issue':
      return movement.lines.map(({ quantity, ...line }, n) => posting(n, line, { delta: -quantity }));
    case 'transfer':
      return movement.lines.flatMap(({ item, from, to, quantity, expectedOnHand }, n) => [
        posting(n, { item, location: from, expectedOnHand }, { delta: -quantity }, { location: 'from' }),
        posting(n, { item, location: to }, { delta: quantity }, { location: 'to' }),
      ]);
    case 'adjustment':
      return movement.lines.map(({ delta, reason, ...line }, n) =>
        posting(n, line, { delta }, { floor: 'zero', reason }),
      );
    case 'count':
      return movement.lines.map(({ counted, ...line }, n) => posting(n, line, { counted }, { floor: 'zero' }));
  }
}

/** One change of one level, as most writes ask for it. */
export function posting(
  line: number,
  place: StockKey & { expectedOnHand?: number },
  change: Posting['change'],
  {
    floor = 'reserved',
    reason = null,
    location = 'location',
  }: { floor?: Posting['floor']; reason?: string | null; location?: string } = {},
): Posting {
  const { item, expectedOnHand } = place;
  return {
    item,
    location: place.location,
    line,
    fields: { item: 'item', location },
    change,
    floor,
    expectedOnHand,
    reason,
  };
}
