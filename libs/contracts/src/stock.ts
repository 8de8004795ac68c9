import { Integer, MAX_QUANTITY, Nested, OneOf, QueryFlag, Time, Uuid } from './fields.ts';
import { ListQuery } from './lists.ts';
import { ItemName, LocationName } from './references.ts';

export class StockLevel {
  @Nested(() => ItemName)
  item!: ItemName;

  @Nested(() => LocationName)
  location!: LocationName;

  @Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 40 })
  onHand!: number;

  @Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 3 })
  reserved!: number;

  @Integer({
    min: -MAX_QUANTITY,
    max: Number.MAX_SAFE_INTEGER,
    example: 37,
    description: 'onHand − reserved; below 0 where a count found less than was promised.',
  })
  available!: number;

  @Time()
  updatedAt!: string;
}

export const stockSorts = ['sku', '-sku'] as const;

export class ListStock extends ListQuery {
  @OneOf(stockSorts, { optional: true, description: 'Default: sku.' })
  sort?: (typeof stockSorts)[number];

  @Uuid({ optional: true })
  itemId?: string;

  @Uuid({ optional: true })
  locationId?: string;

  @QueryFlag({ description: 'true: only items whose available total is at or below their reorder point.' })
  low?: boolean;
}
