import { ApiProperty, PartialType, PickType } from '@nestjs/swagger';
import { Equals } from 'class-validator';
import {
  Attributes,
  Codes,
  combine,
  Flag,
  Integer,
  ListOf,
  MAX_QUANTITY,
  Money,
  OneOf,
  QueryFlag,
  Quantity,
  Text,
  type TextLimits,
  Time,
  Uuid,
} from './fields.ts';
import { type Consistency, Consistent, listOf, ListQuery } from './lists.ts';
import { PhotoVersion } from './photos.ts';
import { Actor } from './references.ts';

/** The limits of an item's texts, also for checks of a million of them without a DTO. */
export const itemTexts = {
  sku: { min: 1, max: 64, trimmed: true, visible: true },
  name: { min: 1, max: 200, trimmed: true },
  description: { max: 4000 },
  barcode: { min: 1, max: 64, trimmed: true, visible: true },
  category: { min: 1, max: 100, trimmed: true },
  unit: { min: 1, max: 20, trimmed: true },
} as const satisfies Record<string, TextLimits>;
export const locationCode = { min: 1, max: 32, trimmed: true, visible: true } as const satisfies TextLimits;

/** How many barcodes an item may have. */
export const MAX_BARCODES = 20;

/** 1–64 visible characters, no spaces at the ends. Those that differ only in case are the same SKU. */
export const Sku = () => Text({ ...itemTexts.sku, example: 'MUG-01' });

export const LocationCode = () => Text({ ...locationCode, example: 'MAIN' });

/** The only way back from DELETE. */
const RestoreFlag = () =>
  combine<false | undefined>(
    Flag({ optional: true, example: false, description: 'false restores it.' }),
    Equals(false),
  );

const UpdatedBy = () =>
  ApiProperty({
    type: Actor,
    nullable: true,
    description: 'Who made or changed it last. Null: it was last changed before this was kept.',
  });

export class CreateItem {
  @Sku()
  sku!: string;

  @Text({ ...itemTexts.name, example: 'Mug, blue, 350 ml' })
  name!: string;

  @Text({ optional: true, ...itemTexts.description, example: 'Stoneware, dishwasher-safe.' })
  description?: string;

  @Text({
    optional: true,
    nullable: true,
    ...itemTexts.barcode,
    example: '4006381333931',
    description:
      'The first of its barcodes. Unique: a GTIN is the same with 8, 12, 13 or 14 digits. Without `barcodes`, the others stay; null takes the first away.',
  })
  barcode?: string | null;

  @Codes({
    optional: true,
    max: MAX_BARCODES,
    length: itemTexts.barcode.max,
    example: ['4006381333931'],
    description: 'All of its barcodes, each unique among those of all items.',
  })
  barcodes?: string[];

  @Text({ optional: true, nullable: true, ...itemTexts.category, example: 'Kitchen' })
  category?: string | null;

  @Text({
    optional: true,
    ...itemTexts.unit,
    example: 'each',
    description: 'What quantities count. Default: each.',
  })
  unit?: string;

  @Money({
    optional: true,
    nullable: true,
    description: 'In minor units of the deployment’s currency. Null: not known.',
  })
  unitCost?: number | null;

  @Quantity({
    optional: true,
    nullable: true,
    min: 0,
    description: 'The item is low when its available total is at or below this. Null: never.',
  })
  reorderPoint?: number | null;

  @Attributes({ optional: true })
  attributes?: Record<string, string>;
}

/** Only what is named changes; `attributes` is replaced as a whole. */
export class UpdateItem extends PartialType(CreateItem, { skipNullProperties: false }) {
  @RestoreFlag()
  archived?: false;
}

/** How many items one request may change. */
export const MAX_BULK_ITEMS = 500;

const bulkFields = ['category', 'unitCost', 'reorderPoint'] as const;

/** What many items can be given at once. */
export class ItemChange extends PartialType(PickType(CreateItem, bulkFields), { skipNullProperties: false }) {
  @Uuid()
  id!: string;

  @Integer({
    optional: true,
    min: 1,
    max: 2 ** 31 - 1,
    description: 'The version that the change was made for. An item that has another one by now is left alone.',
  })
  version?: number;

  @Flag({ optional: true, description: 'true: archives the item, and goes without other fields. false: restores it.' })
  archived?: boolean;
}

export class UpdateItems {
  @ListOf(() => ItemChange, { min: 1, max: MAX_BULK_ITEMS })
  items!: ItemChange[];

  @Flag({ optional: true, description: 'true: all changes are made, or none. Default: each by itself.' })
  atomic?: boolean;
}

export class Item {
  @Uuid()
  id!: string;

  @Sku()
  sku!: string;

  @Text({ min: 1, max: 200, example: 'Mug, blue, 350 ml' })
  name!: string;

  @Text({ max: 4000, example: 'Stoneware, dishwasher-safe.' })
  description!: string;

  @Text({ nullable: true, max: 64, example: '4006381333931', description: 'The first of its barcodes.' })
  barcode!: string | null;

  @Codes({ max: MAX_BARCODES, length: itemTexts.barcode.max, example: ['4006381333931'] })
  barcodes!: string[];

  @Text({ nullable: true, max: 100, example: 'Kitchen' })
  category!: string | null;

  @Text({ max: 20, example: 'each' })
  unit!: string;

  @Money({ nullable: true })
  unitCost!: number | null;

  @Quantity({ nullable: true, min: 0 })
  reorderPoint!: number | null;

  @Attributes()
  attributes!: Record<string, string>;

  @PhotoVersion()
  photo!: string | null;

  @Time({ nullable: true, example: null })
  archivedAt!: string | null;

  @Integer({ min: 1, max: 2 ** 31 - 1, example: 1 })
  version!: number;

  @Time()
  createdAt!: string;

  @Time()
  updatedAt!: string;

  @UpdatedBy()
  updatedBy!: Actor | null;

  @Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 40, description: 'Summed over locations.' })
  onHand!: number;

  @Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 3, description: 'Promised by reservations that are held.' })
  reserved!: number;

  @Integer({
    min: -MAX_QUANTITY,
    max: Number.MAX_SAFE_INTEGER,
    example: 37,
    description: 'onHand − reserved; below 0 where a count found less than was promised.',
  })
  available!: number;

  @ListOf(() => ItemWarning, {
    optional: true,
    max: MAX_BARCODES,
    description: 'Only where one item is read or changed, and something is most likely a mistake.',
  })
  warnings?: ItemWarning[];
}

/** What an item was accepted with although it is most likely a mistake. */
export class ItemWarning {
  @Text({ max: 64, example: '/barcodes/0', description: 'JSON pointer of the field.' })
  pointer!: string;

  @Text({ max: 200, example: '4006381333932 looks like a GTIN, but its check digit would be 1' })
  detail!: string;
}

/** The result of one change of several. */
export class ItemChangeResult {
  @Uuid()
  id!: string;

  @ApiProperty({ type: Item, nullable: true, description: 'The item as it is now. Null: it was not changed.' })
  item!: Item | null;

  @Text({ nullable: true, max: 2000, description: 'Why it was not changed.' })
  reason!: string | null;
}

export class ItemChangeResults {
  @ListOf(() => ItemChangeResult, { max: MAX_BULK_ITEMS, description: 'In the order of the request.' })
  items!: ItemChangeResult[];
}

/** Which items: for the list and for the export. */
export class ItemFilters {
  @Text({ optional: true, min: 1, max: 64, description: 'Exact SKU, in any case.' })
  sku?: string;

  @Text({
    optional: true,
    min: 1,
    max: 64,
    description: 'Exact barcode, any of an item’s. A GTIN is found with 8, 12, 13 or 14 digits.',
  })
  barcode?: string;

  @Text({ optional: true, min: 1, max: 100, description: 'Exact category.' })
  category?: string;

  @QueryFlag({ description: 'true: items without a unit cost only. false: those with one.' })
  noCost?: boolean;

  @QueryFlag({ description: 'true: items without a barcode only. false: those with one.' })
  noBarcode?: boolean;

  @QueryFlag({
    description: 'true: items whose available total is at or below their reorder point only. false: the others.',
  })
  low?: boolean;

  @QueryFlag({ description: 'true: items of which nothing is available only. false: the others.' })
  out?: boolean;

  @Uuid({ optional: true, description: 'Items of which some are on hand at this location.' })
  locationId?: string;

  @Time({ optional: true, description: 'Items whose own fields were changed at this time or later.' })
  updatedSince?: string;

  @QueryFlag({ description: 'true: archived items only. Default: those that are not.' })
  archived?: boolean;

  @Text({
    optional: true,
    min: 1,
    max: 200,
    description: 'Words, matched by prefix over SKU, name, barcode and category; a typo still finds the item.',
  })
  q?: string;
}

const ITEM_ORDERS = ['sku', 'name', 'createdAt', 'updatedAt', 'reorderPoint', 'onHand', 'available'] as const;
export type ItemOrder = (typeof ITEM_ORDERS)[number];
export const itemSorts = ITEM_ORDERS.flatMap((order) => [order, `-${order}` as const]);

export class ListItems extends listOf(ItemFilters) {
  @OneOf(itemSorts, {
    optional: true,
    description:
      'Default: sku. With `q`, the best match comes first and `sort` is refused. By onHand, available or updatedAt, an item that changes between two pages may be on both or on neither.',
  })
  sort?: (typeof itemSorts)[number];
}

/** How many values of each kind are suggested. */
export const MAX_FACETS = 200;

export class Facet {
  @Text({ max: 100, example: 'Kitchen' })
  value!: string;

  @Integer({ min: 1, max: Number.MAX_SAFE_INTEGER, example: 41, description: 'How many items have it.' })
  count!: number;
}

/** What items that are not archived have, the most frequent first, at most 200 of each kind. */
export class ItemFacets {
  @ListOf(() => Facet, { max: MAX_FACETS })
  categories!: Facet[];

  @ListOf(() => Facet, { max: MAX_FACETS })
  units!: Facet[];

  @ListOf(() => Facet, { max: MAX_FACETS, description: 'The names of their attributes.' })
  attributes!: Facet[];
}

export class FacetOptions {
  @Consistent('eventual')
  consistency?: Consistency;
}

export class CreateLocation {
  @LocationCode()
  code!: string;

  @Text({ min: 1, max: 200, trimmed: true, example: 'Main warehouse' })
  name!: string;
}

export class UpdateLocation extends PartialType(CreateLocation, { skipNullProperties: false }) {
  @RestoreFlag()
  archived?: false;
}

export class Location {
  @Uuid()
  id!: string;

  @LocationCode()
  code!: string;

  @Text({ min: 1, max: 200, example: 'Main warehouse' })
  name!: string;

  @Time({ nullable: true, example: null })
  archivedAt!: string | null;

  @Integer({ min: 1, max: 2 ** 31 - 1, example: 1 })
  version!: number;

  @Time()
  createdAt!: string;

  @Time()
  updatedAt!: string;

  @UpdatedBy()
  updatedBy!: Actor | null;
}

export const locationSorts = ['code', '-code', 'createdAt', '-createdAt'] as const;

export class ListLocations extends ListQuery {
  @OneOf(locationSorts, { optional: true, description: 'Default: code.' })
  sort?: (typeof locationSorts)[number];

  @Text({ optional: true, min: 1, max: 32, description: 'Exact code, in any case.' })
  code?: string;

  @QueryFlag({ description: 'true: archived locations only. Default: those that are not.' })
  archived?: boolean;
}
