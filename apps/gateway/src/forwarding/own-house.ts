import type { Exchange } from './exchange/exchange.ts';
import type { House } from './exchange/house.ts';
import { Breaker } from './limits/breaker.ts';
import type { Deadlines } from './limits/deadlines.ts';
import { RetryBudget } from './limits/retry-budget.ts';
import type { Limits } from './options.ts';
import type { Upstream } from './upstream/upstream.ts';

/** The application of this same process, as an upstream: what it answers is its own to limit, to log and to sign. */
export class OwnHouse implements House {
  readonly breaker = new Breaker(Infinity, 0, () => 0);
  readonly retries = new RetryBudget();
  readonly prepare = undefined;
  readonly via: [] = [];
  readonly answerHeaders: [] = [];

  constructor(
    readonly limits: Limits,
    readonly trustedHops: number,
    readonly upstream: Upstream,
    readonly deadlines: Deadlines,
    readonly draining: () => boolean,
  ) {}

  maxBodyBytes(): number {
    return this.limits.maxBodyBytes;
  }

  admit(exchange: Exchange): undefined {
    this.deadlines.add(exchange);
  }

  ended(exchange: Exchange): void {
    this.deadlines.delete(exchange);
  }
}
