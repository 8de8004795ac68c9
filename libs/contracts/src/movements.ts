import { Delta, Integer, ListOf, MAX_QUANTITY, Nested, OneOf, Quantity, Text, Time, Uuid } from './fields.ts';
import { listOf } from './lists.ts';
import {
  Actor,
  ItemName,
  ItemRef,
  type ItemReference,
  LocationName,
  LocationRef,
  type LocationReference,
} from './references.ts';
import { Variants } from './variants.ts';

/** What a caller may post. A reversal is made by its own route. */
export const postableTypes = ['receipt', 'issue', 'transfer', 'adjustment', 'count'] as const;
export const movementTypes = [...postableTypes, 'reversal'] as const;
export type MovementType = (typeof movementTypes)[number];

export const MAX_LINES = 500;

const ExpectedOnHand = () =>
  Integer({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    optional: true,
    example: 40,
    description: 'Refuse everything where the level found is not this (for a transfer: at `from`).',
  });

/** One level that changes by a quantity: a receipt adds, an issue takes away. */
export class QuantityLine {
  @ItemRef()
  item!: ItemReference;

  @LocationRef()
  location!: LocationReference;

  @Quantity()
  quantity!: number;

  @ExpectedOnHand()
  expectedOnHand?: number;
}

export class TransferLine {
  @ItemRef()
  item!: ItemReference;

  @LocationRef()
  from!: LocationReference;

  @LocationRef('SHOP')
  to!: LocationReference;

  @Quantity()
  quantity!: number;

  @ExpectedOnHand()
  expectedOnHand?: number;
}

export class AdjustmentLine {
  @ItemRef()
  item!: ItemReference;

  @LocationRef()
  location!: LocationReference;

  @Delta()
  delta!: number;

  @Text({ min: 1, max: 200, trimmed: true, example: 'broken in transport' })
  reason!: string;

  @ExpectedOnHand()
  expectedOnHand?: number;
}

export class CountLine {
  @ItemRef()
  item!: ItemReference;

  @LocationRef()
  location!: LocationReference;

  @Quantity({ min: 0 })
  counted!: number;

  @ExpectedOnHand()
  expectedOnHand?: number;
}

class MovementHeader {
  @Text({
    optional: true,
    nullable: true,
    min: 1,
    max: 200,
    trimmed: true,
    example: 'PO-2041',
    description: 'Your document’s number.',
  })
  reference?: string | null;

  @Text({ optional: true, nullable: true, max: 2000, example: 'Two boxes.' })
  note?: string | null;
}

export class CreateReceipt extends MovementHeader {
  @OneOf(['receipt'], { example: 'receipt' })
  type!: 'receipt';

  @ListOf(() => QuantityLine, { min: 1, max: MAX_LINES })
  lines!: QuantityLine[];
}

export class CreateIssue extends MovementHeader {
  @OneOf(['issue'], { example: 'issue' })
  type!: 'issue';

  @ListOf(() => QuantityLine, { min: 1, max: MAX_LINES })
  lines!: QuantityLine[];
}

export class CreateTransfer extends MovementHeader {
  @OneOf(['transfer'], { example: 'transfer' })
  type!: 'transfer';

  @ListOf(() => TransferLine, { min: 1, max: MAX_LINES })
  lines!: TransferLine[];
}

export class CreateAdjustment extends MovementHeader {
  @OneOf(['adjustment'], { example: 'adjustment' })
  type!: 'adjustment';

  @ListOf(() => AdjustmentLine, { min: 1, max: MAX_LINES })
  lines!: AdjustmentLine[];
}

export class CreateCount extends MovementHeader {
  @OneOf(['count'], { example: 'count' })
  type!: 'count';

  @ListOf(() => CountLine, { min: 1, max: MAX_LINES })
  lines!: CountLine[];
}

export type MovementInput = CreateReceipt | CreateIssue | CreateTransfer | CreateAdjustment | CreateCount;

/** One document for the ledger, told apart by `type`. */
@Variants('type', {
  receipt: CreateReceipt,
  issue: CreateIssue,
  transfer: CreateTransfer,
  adjustment: CreateAdjustment,
  count: CreateCount,
})
export abstract class CreateMovement {}

export class ReverseMovement extends MovementHeader {}

export class MovementLine {
  @Nested(() => ItemName)
  item!: ItemName;

  @Nested(() => LocationName)
  location!: LocationName;

  @Integer({ min: -MAX_QUANTITY, max: MAX_QUANTITY, example: 12 })
  delta!: number;

  @Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 52 })
  onHandAfter!: number;

  @Text({ nullable: true, max: 200, example: null })
  reason!: string | null;
}

export class Movement {
  @Uuid()
  id!: string;

  @OneOf(movementTypes, { example: 'receipt' })
  type!: MovementType;

  @Text({ nullable: true, max: 200, example: 'PO-2041' })
  reference!: string | null;

  @Text({ nullable: true, max: 2000, example: 'Two boxes.' })
  note!: string | null;

  @Uuid({ nullable: true, example: null, description: 'The movement that this one undoes.' })
  reverses!: string | null;

  @Uuid({ nullable: true, example: null, description: 'The movement that undid this one.' })
  reversedBy!: string | null;

  @Nested(() => Actor)
  createdBy!: Actor;

  @Time()
  createdAt!: string;

  @Integer({ min: 1, max: 2 * MAX_LINES, example: 1, description: 'How many lines it has.' })
  lineCount!: number;

  @ListOf(() => MovementLine, { max: 2 * MAX_LINES, description: 'In a list: the first 20.' })
  lines!: MovementLine[];
}

/** Which movements: for the list and for the export. */
export class MovementFilters {
  @OneOf(movementTypes, { optional: true })
  type?: MovementType;

  @Uuid({ optional: true })
  itemId?: string;

  @Uuid({ optional: true })
  locationId?: string;

  @Uuid({ optional: true, description: 'Who did it.' })
  actorId?: string;

  @Text({ optional: true, min: 1, max: 200, description: 'Exact reference.' })
  reference?: string;

  @Time({ optional: true, description: 'From this time on.' })
  from?: string;

  @Time({ optional: true, description: 'Before this time.' })
  to?: string;
}

export const movementSorts = ['-createdAt', 'createdAt'] as const;

export class ListMovements extends listOf(MovementFilters) {
  @OneOf(movementSorts, { optional: true, description: 'Default: -createdAt.' })
  sort?: (typeof movementSorts)[number];
}
