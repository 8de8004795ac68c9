import type { CircuitBreaker } from './circuit-breaker.ts';

/** Records with the circuit breaker how a request that it admitted has ended: once, except that a success always counts. */
export class BreakerPermit {
  private isReported = false;

  constructor(private readonly breaker: CircuitBreaker) {}

  recordSuccess(): void {
    this.breaker.recordSuccess();
    this.isReported = true;
  }

  recordFailure(): void {
    if (!this.isReported) this.breaker.recordFailure();
    this.isReported = true;
  }

  /** The request has ended. One that showed nothing of the upstream leaves the question open. */
  release(): void {
    if (!this.isReported) this.breaker.recordAbandoned();
  }
}
