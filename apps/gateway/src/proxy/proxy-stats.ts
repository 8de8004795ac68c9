import type { BreakerState } from './limits/circuit-breaker.ts';

/** The present state of the proxy, for metrics. */
export interface ProxyStats {
  inFlight: number;
  breaker: BreakerState;
  connections: { connected: number; free: number };
  rateLimitKeys: number;
}
