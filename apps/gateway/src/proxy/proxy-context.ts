import type { CircuitBreaker } from './limits/circuit-breaker.ts';
import type { FairShare } from './limits/fair-share.ts';
import type { Limits } from './limits/limits.ts';
import type { RetryBudget } from './limits/retry-budget.ts';
import type { TimeoutChecker } from './limits/timeout-checker.ts';
import type { ProxyOptions } from './proxy-options.ts';
import type { UpstreamPool } from './upstream/pool.ts';

/** What all forwarded requests share. */
export interface ProxyContext {
  readonly options: ProxyOptions;
  readonly limits: Limits;
  readonly pool: UpstreamPool;
  readonly breaker: CircuitBreaker;
  readonly retries: RetryBudget;
  readonly timeouts: TimeoutChecker;
  /** Slots for requests in progress, those of the gateway's own routes included. */
  readonly share: FairShare;
}
