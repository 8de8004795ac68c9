import { ApiProperty } from '@nestjs/swagger';
import { Integer, ListOf, MAX_QUANTITY, Nested, OneOf, QueryFlag, Time, Uuid } from './fields.ts';
import { listOf } from './lists.ts';
import {
  ItemName,
  type ItemReference,
  ItemRefs,
  LocationName,
  type LocationReference,
  LocationRefs,
} from './references.ts';

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

/** Which levels: for the list and for the export. */
export class StockFilters {
  @Uuid({ optional: true })
  itemId?: string;

  @Uuid({ optional: true })
  locationId?: string;

  @QueryFlag({ description: 'true: only items whose available total is at or below their reorder point.' })
  low?: boolean;
}

export const stockSorts = ['sku', '-sku'] as const;

export class ListStock extends listOf(StockFilters) {
  @OneOf(stockSorts, { optional: true, description: 'Default: sku.' })
  sort?: (typeof stockSorts)[number];
}

/** How many items one request may ask for, and at how many locations. */
export const availabilityLimits = { items: 500, locations: 100 } as const;

export class AvailabilityQuery {
  @ItemRefs({ max: availabilityLimits.items })
  items!: ItemReference[];

  @LocationRefs({ max: availabilityLimits.locations, optional: true, description: 'Default: all locations.' })
  locations?: LocationReference[];
}

export class Availability {
  @ApiProperty({
    type: ItemName,
    nullable: true,
    description: 'Null: there is no such item, so nothing of it is available.',
  })
  item!: ItemName | null;

  @Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 40, description: 'At these locations together.' })
  onHand!: number;

  @Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 3 })
  reserved!: number;

  @Integer({ min: -MAX_QUANTITY, max: Number.MAX_SAFE_INTEGER, example: 37, description: 'onHand − reserved.' })
  available!: number;
}

export class Availabilities {
  @ListOf(() => Availability, { max: availabilityLimits.items, description: 'In the order of the request.' })
  items!: Availability[];
}
