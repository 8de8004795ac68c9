import { OneOf, QueryFlag, QueryInteger, Text } from './fields.ts';

export const consistencies = ['strong', 'eventual'] as const;
/** How new the state is that a read shows. `eventual`: it may be some seconds old, where a read replica has it. */
export type Consistency = (typeof consistencies)[number];

export const Consistent = (byDefault: Consistency) =>
  OneOf(consistencies, {
    optional: true,
    description:
      'strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, ' +
      `in a state at most some seconds old. Default: ${byDefault}.`,
  });

/** A class whose fields another one has as well. */
export type Fields<T extends object = object> = new (...args: any[]) => T; // eslint-disable-line @typescript-eslint/no-explicit-any

/** What every list takes, beside these filters. A list adds its own `sort` values. */
export function listOf<T extends Fields>(Filters: T) {
  class List extends Filters {
    @QueryInteger({ min: 1, max: 200, example: 50, description: 'How many rows at most. Default: 50.' })
    limit = 50;

    @Text({ optional: true, min: 1, max: 4000, description: 'Where to go on: `nextCursor` of the page before.' })
    cursor?: string;

    @QueryFlag({ description: 'Count the rows of the whole list, up to 10,000.' })
    count?: boolean;

    @Consistent('strong')
    consistency?: Consistency;
  }
  return List;
}

/** What every list takes. A list adds its own filters and its own `sort` values. */
export class ListQuery extends listOf(class {}) {}

/** How far `count=true` counts. */
export const COUNT_CAP = 10_000;

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Null on the last page. */
  nextCursor: string | null;
  /** With `count=true`: how many rows the whole list has, at most `COUNT_CAP`. */
  count?: number;
  countIsCapped?: boolean;
}
