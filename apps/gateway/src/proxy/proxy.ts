import type { ServerResponse } from 'node:http';
import { CircuitBreaker } from './limits/circuit-breaker.ts';
import { FairShare } from './limits/fair-share.ts';
import { RetryBudget } from './limits/retry-budget.ts';
import { TimeoutChecker } from './limits/timeout-checker.ts';
import { DEFAULT_LIMITS, type Limits } from './limits/limits.ts';
import type { ForwardedRequest } from './forwarded-request.ts';
import type { ProxyOptions } from './proxy-options.ts';
import type { ProxyContext } from './proxy-context.ts';
import { ProxyRequest } from './proxy-request.ts';
import type { ProxyStats } from './proxy-stats.ts';
import { UpstreamPool } from './upstream/pool.ts';

/** Forwards requests to the upstream. */
export class ReverseProxy implements ProxyContext {
  readonly limits: Limits;
  readonly pool: UpstreamPool;
  readonly breaker: CircuitBreaker;
  readonly retries = new RetryBudget();
  readonly timeouts: TimeoutChecker;
  readonly share: FairShare;

  constructor(readonly options: ProxyOptions) {
    const { upstream, clock = () => performance.now() } = options;
    const limits = (this.limits = { ...DEFAULT_LIMITS, ...options.limits });
    const { connectMs, firstByteMs, idleBodyMs, requestMs } = limits;
    this.pool = new UpstreamPool({ ...options, origin: upstream, connectMs, maxHeaderBytes: limits.maxHeaderBytes });
    this.breaker = new CircuitBreaker(limits.breakerFailures, limits.breakerOpenMs, clock);
    this.timeouts = new TimeoutChecker(Math.min(connectMs, firstByteMs, idleBodyMs, requestMs), clock);
    this.share = new FairShare(
      {
        total: limits.maxInFlight,
        perAddress: limits.maxInFlightPerClient,
        perNetwork: limits.maxInFlightPerNetwork,
        perPrincipal: limits.maxInFlightPerClient,
      },
      clock,
    );
  }

  /** @returns the request in progress, to be started or refused */
  begin(forwarded: ForwardedRequest, response: ServerResponse): ProxyRequest {
    return new ProxyRequest(this, forwarded, response);
  }

  stats(): ProxyStats {
    return {
      inFlight: this.share.size,
      breaker: this.breaker.state,
      connections: this.pool.stats,
      rateLimitKeys: this.options.rateLimit?.size ?? 0,
    };
  }

  /** Waits for the requests in progress, then closes the connections to the upstream. */
  async close(): Promise<void> {
    await this.pool.close();
    this.timeouts.close();
  }
}
