import type { ItemName, ItemReference, LocationName, LocationReference } from '#contracts';

/** One item at one location, locked by the transaction that reads it. */
export interface Level {
  item: ItemName;
  location: LocationName;
  onHand: number;
  /** Held by reservations whose time is not over. */
  reserved: number;
  /** Whether it has a row. One without is empty: nothing was ever booked there. */
  exists: boolean;
}

/** A quantity that reservations hold of a level. */
export interface Hold {
  itemId: string;
  locationId: string;
  quantity: number;
}

/** A key that is the same for references that differ only in case. */
const referenceKey = (reference: ItemReference | LocationReference): string =>
  typeof reference === 'string' ? reference.toLowerCase() : `=${'sku' in reference ? reference.sku : reference.code}`;

export const stockKeyOf = (place: { item: ItemReference; location: LocationReference }): string =>
  `${referenceKey(place.item)}\n${referenceKey(place.location)}`;

/** The levels that a transaction works on, by the references that the request names them with. */
export class Levels {
  private readonly byKey = new Map<string, Level>();
  private readonly byIds = new Map<string, Level>();

  /** Two ways to name one place (an id, a SKU in another case) lead to one level. */
  add(key: string, level: Level): void {
    const ids = `${level.item.id}\n${level.location.id}`;
    const known = this.byIds.get(ids);
    if (!known) this.byIds.set(ids, level);
    this.byKey.set(key, known ?? level);
  }

  has(place: { item: ItemReference; location: LocationReference }): boolean {
    return this.byKey.has(stockKeyOf(place));
  }

  /** @throws Error where it was not added before: a fault of the program */
  get(place: { item: ItemReference; location: LocationReference }): Level {
    const key = stockKeyOf(place);
    const level = this.byKey.get(key);
    if (!level) throw new Error(`The level ${JSON.stringify(key)} was not read.`);
    return level;
  }

  /** Reservations whose time is over no longer hold stock, though their rows still say so. */
  subtractOverdue(overdue: Hold[]): void {
    for (const { itemId, locationId, quantity } of overdue) {
      const level = this.byIds.get(`${itemId}\n${locationId}`);
      if (level) level.reserved -= quantity;
    }
  }
}
