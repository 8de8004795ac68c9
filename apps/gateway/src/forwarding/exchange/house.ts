import type { HeaderList } from '../../http1/index.ts';
import type { Breaker } from '../limits/breaker.ts';
import type { Deadlines } from '../limits/deadlines.ts';
import type { RetryBudget } from '../limits/retry-budget.ts';
import type { ForwarderOptions, Limits } from '../options.ts';
import type { Refusal } from '../refusal.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Exchange } from './exchange.ts';

/** What all exchanges with one upstream share. */
export interface House {
  readonly limits: Limits;
  readonly trustedHops: number;
  readonly upstream: Upstream;
  readonly breaker: Breaker;
  readonly retries: RetryBudget;
  readonly deadlines: Deadlines;
  readonly prepare: ForwarderOptions['prepare'];
  /** With each answer of the upstream. */
  readonly via: Readonly<HeaderList>;
  /** With each answer, refusals included. */
  readonly answerHeaders: Readonly<HeaderList>;
  draining(): boolean;
  maxBodyBytes(target: string): number;
  /** Whether a request may go up now; it counts as in flight until it has ended. */
  admit(exchange: Exchange): Refusal | undefined;
  /** Called once for each exchange. */
  ended(exchange: Exchange): void;
}
