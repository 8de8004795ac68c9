import type { AllocationStrategy, CreateReservation } from '#contracts';
import { InputErrors } from '#service';
import { insufficientStock } from '../ledger/compute-entries.ts';
import { type Posting, posting } from '../ledger/posting.ts';
import type { AllocatableItem } from '../levels/allocatable-item.ts';
import type { Level, Levels } from '../levels/level.ts';

/** A line with what it may be held of. `item`: undefined for a line that names its location, null where there is no such item. */
export interface AllocatableLine {
  line: CreateReservation['lines'][number];
  item: AllocatableItem | null | undefined;
}

/** What the lines may take, so that it is locked before they are allocated. */
export const postingsToLock = (lines: AllocatableLine[]): Posting[] =>
  lines.flatMap(({ line, item }, n) =>
    line.location === undefined
      ? (item?.locationIds ?? []).map((location) => take(n, { item: item!.id, location }, line.quantity))
      : take(n, { item: line.item, location: line.location }, line.quantity),
  );

/**
 * Decides where each line is held, in order, on what those before it leave. The levels are locked.
 * @throws Problem `invalid-fields` for an item that does not exist, `insufficient-stock` where its locations together have too little
 */
export function allocate(lines: AllocatableLine[], levels: Levels, strategy: AllocationStrategy): Posting[] {
  const errors = new InputErrors();
  lines.forEach(({ item }, n) => item === null && errors.add(`/lines/${n}/item`, 'there is no such item'));
  if (errors.any) throw errors.toProblem('invalid-fields');
  const taken = new Map<Level, number>();
  const availableAt = (level: Level) => Math.max(0, level.onHand - level.reserved - (taken.get(level) ?? 0));
  const short: object[] = [];
  const postings = lines.flatMap(({ line: { item: named, location, quantity }, item }, n) => {
    const places = location === undefined ? item!.locationIds.map((id) => ({ item: item!.id, location: id })) : [{ item: named, location }]; // prettier-ignore
    const options = places.map((place) => ({ place, level: levels.get(place), available: availableAt(levels.get(place)) })); // prettier-ignore
    const total = options.reduce((sum, { available }) => sum + available, 0);
    if (location === undefined && total < quantity)
      short.push({ line: n, item: { id: item!.id, sku: item!.sku }, location: null, requested: quantity, available: total }); // prettier-ignore
    const parts = location === undefined ? split(options, quantity, strategy) : [{ ...options[0]!, part: quantity }];
    for (const { level, part } of parts) taken.set(level, (taken.get(level) ?? 0) + part);
    return parts.map(({ place, part }) => take(n, place, part));
  });
  if (short.length > 0) throw insufficientStock(short);
  return postings;
}

/** As much of the quantity as there is, over the fewest locations that the strategy leads to. */
function split<Option extends { available: number }>(
  options: Option[],
  quantity: number,
  strategy: AllocationStrategy,
): (Option & { part: number })[] {
  const whole = strategy === 'one-location-first' && options.find(({ available }) => available >= quantity);
  if (whole) return [{ ...whole, part: quantity }];
  // A sort keeps the order of the locations where they have the same.
  const ordered = strategy === 'priority' ? options : options.toSorted((one, other) => other.available - one.available);
  let left = quantity;
  return ordered.flatMap((option) => {
    const part = Math.min(left, option.available);
    left -= part;
    return part > 0 ? [{ ...option, part }] : [];
  });
}

const take = (n: number, place: Pick<Posting, 'item' | 'location'>, quantity: number): Posting =>
  posting(n, place, { delta: -quantity });
