import { Integer, ListOf, MAX_QUANTITY, Nested, OneOf, Quantity, Text, Time, TimeZone, Uuid } from './fields.ts';
import { type Consistency, Consistent, ListQuery } from './lists.ts';
import { ItemName, LocationName } from './references.ts';

/** A sum of quantities, or a number of things. */
const Sum = (options: { example?: number; description?: string } = {}) =>
  Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, ...options });

const EXACT =
  'In minor units. Exact as it is written, also past 2^53, where a reader that keeps numbers as doubles rounds it.';

const Value = () => Sum({ example: 1_250_000, description: EXACT });

const Currency = () => Text({ min: 3, max: 3, example: 'USD', description: 'ISO 4217.' });

export class ReportOptions {
  @Consistent('eventual')
  consistency?: Consistency;
}

export class SummaryOptions extends ReportOptions {
  @TimeZone({
    optional: true,
    description: 'IANA. A day begins at its midnight. Default: that of the deployment, else UTC.',
  })
  timeZone?: string;
}

export class DayOfMovements {
  @Text({ max: 10, example: '2026-11-23', description: 'A day in `timeZone`.' })
  date!: string;

  @Sum({ example: 41 })
  movements!: number;
}

/** The whole of the stock in a few numbers. Nothing archived counts. */
export class Summary {
  @Sum({ example: 300 })
  items!: number;

  @Sum({ example: 3 })
  locations!: number;

  @Sum({ example: 8200 })
  onHand!: number;

  @Sum({ example: 25, description: 'Promised by reservations that are held.' })
  reserved!: number;

  @Value()
  stockValue!: number;

  @Currency()
  currency!: string;

  @Sum({ example: 12, description: 'Items whose available total is at or below their reorder point.' })
  lowItems!: number;

  @Sum({ example: 41, description: 'Since midnight in `timeZone`.' })
  movementsToday!: number;

  @TimeZone({ description: 'IANA: whose days these are.' })
  timeZone!: string;

  @ListOf(() => DayOfMovements, { min: 30, max: 30, description: 'The last 30 days, today last.' })
  movementsPerDay!: DayOfMovements[];

  @Sum({ example: 0, description: 'Queued or running.' })
  importsUnderWay!: number;
}

export class LowItem {
  @Nested(() => ItemName)
  item!: ItemName;

  @Text({ nullable: true, max: 100, example: 'Kitchen' })
  category!: string | null;

  @Text({ max: 20, example: 'each' })
  unit!: string;

  @Quantity({ min: 0, example: 20 })
  reorderPoint!: number;

  @Sum({ example: 8, description: 'Summed over locations.' })
  onHand!: number;

  @Sum({ example: 3 })
  reserved!: number;

  @Integer({ min: -MAX_QUANTITY, max: Number.MAX_SAFE_INTEGER, example: 5, description: 'onHand − reserved.' })
  available!: number;

  @Sum({ example: 15, description: 'reorderPoint − available.' })
  shortage!: number;
}

export const lowStockSorts = ['-shortage', 'sku'] as const;

export class ListLowStock extends ListQuery {
  @Consistent('eventual')
  override consistency?: Consistency;

  @OneOf(lowStockSorts, { optional: true, description: 'Default: -shortage, the largest first.' })
  sort?: (typeof lowStockSorts)[number];

  @Text({ optional: true, min: 1, max: 100, description: 'Exact category.' })
  category?: string;
}

/** What a part of the stock is worth at cost. */
class CostValue {
  @Sum({ example: 8200, description: 'Units on hand.' })
  units!: number;

  @Value()
  value!: number;

  @Sum({ example: 4, description: 'Items on hand whose cost is not known; `value` is without them.' })
  itemsWithoutCost!: number;

  @Sum({ example: 35, description: 'Units of those items.' })
  unitsWithoutCost!: number;
}

export class StockValue extends CostValue {}

export class CategoryValue extends CostValue {
  @Text({ nullable: true, max: 100, example: 'Kitchen', description: 'Null: items without one.' })
  category!: string | null;
}

export class LocationValue extends CostValue {
  @Nested(() => LocationName)
  location!: LocationName;
}

/** How many groups a valuation lists. */
export const MAX_VALUATION_GROUPS = 1000;

/** What the stock is worth at cost. */
export class Valuation {
  @Currency()
  currency!: string;

  @Nested(() => StockValue)
  total!: StockValue;

  @ListOf(() => CategoryValue, {
    max: MAX_VALUATION_GROUPS,
    description: 'Those that have stock, the most valuable first, at most 1,000; `total` has all.',
  })
  categories!: CategoryValue[];

  @ListOf(() => LocationValue, {
    max: MAX_VALUATION_GROUPS,
    description: 'Those that have stock, the most valuable first, at most 1,000; `total` has all.',
  })
  locations!: LocationValue[];
}

export class HistoryQuery {
  @Uuid()
  itemId!: string;

  @Uuid({ optional: true, description: 'Default: all locations together.' })
  locationId?: string;

  @Time({ optional: true, description: 'Default: the first movement.' })
  from?: string;

  @Time({ optional: true, description: 'Up to, but without, this time. Default: now.' })
  to?: string;

  @Consistent('eventual')
  consistency?: Consistency;
}

/** The most points that a history has. */
export const MAX_POINTS = 2000;

export class HistoryPoint {
  @Time({ description: 'When the movement was booked; of a bucket, when it begins.' })
  at!: string;

  @Sum({ example: 40, description: 'On hand after it; of a bucket, at its end.' })
  last!: number;

  @Sum({ example: 31, description: 'The lowest in the bucket. Of a movement: as `last`.' })
  min!: number;

  @Sum({ example: 52, description: 'The highest in the bucket. Of a movement: as `last`.' })
  max!: number;
}

/** What was on hand over time: a step at each movement, or, where these are many, the range of each stretch of time. */
export class History {
  @Uuid()
  itemId!: string;

  @Uuid({ nullable: true })
  locationId!: string | null;

  @Time()
  from!: string;

  @Time()
  to!: string;

  @Sum({ example: 28, description: 'On hand when `from` begins.' })
  opening!: number;

  @Integer({
    nullable: true,
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    example: null,
    description: 'How long a bucket is. Null: each point is one movement.',
  })
  bucketSeconds!: number | null;

  @ListOf(() => HistoryPoint, { max: MAX_POINTS })
  points!: HistoryPoint[];
}
