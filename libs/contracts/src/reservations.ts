import { PickType } from '@nestjs/swagger';
import { Flag, Integer, ListOf, Nested, OneOf, Quantity, Text, Time, Uuid } from './fields.ts';
import { ListQuery } from './lists.ts';
import { MAX_LINES } from './movements.ts';
import {
  Actor,
  ItemName,
  ItemRef,
  type ItemReference,
  LocationName,
  LocationRef,
  OptionalLocationRef,
  type LocationReference,
} from './references.ts';

export const reservationStates = ['held', 'committed', 'released', 'expired'] as const;
export type ReservationState = (typeof reservationStates)[number];

export const MAX_TTL_SECONDS = 604_800;

export class ReservationLineInput {
  @ItemRef()
  item!: ItemReference;

  @OptionalLocationRef({ description: 'Default: the API chooses by `strategy`, possibly several locations.' })
  location?: LocationReference;

  @Quantity({ example: 2 })
  quantity!: number;
}

/** At most so many locations of an item are looked at, those that have most of it. */
export const MAX_ALLOCATED_LOCATIONS = 20;

export const allocationStrategies = ['one-location-first', 'priority', 'most-stock'] as const;
export type AllocationStrategy = (typeof allocationStrategies)[number];

export class CreateReservation {
  @Text({ optional: true, nullable: true, min: 1, max: 200, trimmed: true, example: 'ORDER-7731' })
  reference?: string | null;

  @Integer({
    optional: true,
    min: 1,
    max: MAX_TTL_SECONDS,
    example: 900,
    description: 'How long it is held. Default: 900.',
  })
  ttlSeconds?: number;

  @OneOf(allocationStrategies, {
    optional: true,
    description:
      'Where lines without a location are held. one-location-first: at the first location, by code, that has the whole line, else as most-stock. priority: by code, what each has. most-stock: at the location that has most, then the next. Default: one-location-first.',
  })
  strategy?: AllocationStrategy;

  @ListOf(() => ReservationLineInput, { min: 1, max: MAX_LINES })
  lines!: ReservationLineInput[];
}

export class CommitLine {
  @ItemRef()
  item!: ItemReference;

  @LocationRef()
  location!: LocationReference;

  @Quantity({ example: 1, description: 'At most what the reservation holds of it there.' })
  quantity!: number;
}

export class CommitReservation {
  @ListOf(() => CommitLine, {
    optional: true,
    min: 1,
    max: MAX_LINES,
    description: 'What is issued. Default: all that is held.',
  })
  lines?: CommitLine[];

  @Flag({
    optional: true,
    description:
      'true: what is not issued stays held, until the same time; once nothing is left, the reservation is committed. Default: it is released.',
  })
  keepRest?: boolean;
}

/** Only what is named changes, and only while it is held. */
export class UpdateReservation extends PickType(CreateReservation, ['reference']) {
  @Integer({
    optional: true,
    min: 1,
    max: MAX_TTL_SECONDS,
    example: 900,
    description: 'How long it is held from now on, whatever time is left.',
  })
  ttlSeconds?: number;
}

export class ReservationLine {
  @Nested(() => ItemName)
  item!: ItemName;

  @Nested(() => LocationName)
  location!: LocationName;

  @Quantity({ example: 2 })
  quantity!: number;
}

export class Reservation {
  @Uuid()
  id!: string;

  @OneOf(reservationStates, { example: 'held' })
  state!: ReservationState;

  @Text({ nullable: true, max: 200, example: 'ORDER-7731' })
  reference!: string | null;

  @Time()
  expiresAt!: string;

  @Time({ nullable: true, example: null })
  endedAt!: string | null;

  @Uuid({ nullable: true, example: null, description: 'The last movement that issued stock of it.' })
  movementId!: string | null;

  @Nested(() => Actor)
  createdBy!: Actor;

  @Integer({ min: 1, max: 2 ** 31 - 1, example: 1 })
  version!: number;

  @Time()
  createdAt!: string;

  @Integer({ min: 1, max: MAX_LINES, example: 1, description: 'How many lines it has.' })
  lineCount!: number;

  @ListOf(() => ReservationLine, { max: MAX_LINES, description: 'In a list: the first 20.' })
  lines!: ReservationLine[];
}

export const reservationSorts = ['-createdAt', 'createdAt'] as const;

export class ListReservations extends ListQuery {
  @OneOf(reservationSorts, { optional: true, description: 'Default: -createdAt.' })
  sort?: (typeof reservationSorts)[number];

  @OneOf(reservationStates, { optional: true })
  state?: ReservationState;

  @Uuid({ optional: true, description: 'Those that hold this item.' })
  itemId?: string;

  @Text({ optional: true, min: 1, max: 200, description: 'Exact reference.' })
  reference?: string;
}
