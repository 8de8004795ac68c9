import type { Span } from '#service';
import type { Context } from '../../http/context.ts';
import type { JsonResponse } from '../../http/json-response.ts';
import type { Level } from '../levels/level.ts';
import type { StockKey } from './posting.ts';
import type { Effects, StockWrite } from './stock-write.ts';

/** A write that waits for its batch, and the promise of its caller. */
export interface QueuedWrite extends StockWrite {
  context: Context;
  /** Of the request, where it is traced. */
  span: Span | undefined;
  /** The keys of its postings' levels. */
  keys: string[];
  /** Until when it waits for locks that other transactions hold, by `performance.now()`; Infinity until it first has to. */
  deadline: number;
  /** The levels whose locks it waits for. */
  awaited: StockKey[];
  /** Whether it waits for one of them at a time, holding no other: to wait for all at once took too long. */
  waitsForOne: boolean;
  /** How often it was put back because a level had to be made first. */
  attempts: number;
  resolve: (response: JsonResponse) => void;
  reject: (error: unknown) => void;
}

/** What becomes of one entry of a batch. `contended`: other transactions hold the locks of these levels, in locking order. */
export type Outcome =
  | { kind: 'written'; pending: QueuedWrite; effects: Effects; response: JsonResponse; isNew: true }
  | { kind: 'responded'; pending: QueuedWrite; response: JsonResponse; isNew?: boolean }
  | { kind: 'refused'; pending: QueuedWrite; problem: unknown }
  | { kind: 'needs-levels'; pending: QueuedWrite; levels: Level[] }
  | { kind: 'contended'; pending: QueuedWrite; levels: StockKey[] };
