import type { ItemReference, LocationReference } from '#contracts';

/** References as columns of a statement: each has an id, or else a SKU or a code. */
export const idsOf = (references: (ItemReference | LocationReference)[]): (string | null)[] =>
  references.map((reference) => (typeof reference === 'string' ? reference : null));

export const skusOf = (items: ItemReference[]): (string | null)[] =>
  items.map((item) => (typeof item === 'string' ? null : item.sku));

export const codesOf = (locations: LocationReference[]): (string | null)[] =>
  locations.map((location) => (typeof location === 'string' ? null : location.code));
