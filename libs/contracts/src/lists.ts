import { QueryFlag, QueryInteger, Text } from './fields.ts';

/** What every list takes. A list adds its own filters and its own `sort` values. */
export class ListQuery {
  @QueryInteger({ min: 1, max: 200, example: 50, description: 'How many rows at most. Default: 50.' })
  limit = 50;

  @Text({ optional: true, min: 1, max: 2000, description: 'Where to go on: `nextCursor` of the page before.' })
  cursor?: string;

  @QueryFlag({ description: 'Count the rows of the whole list, up to 10,000.' })
  count?: boolean;
}

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
