export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * Stops forwarding after too many failures in a row; after a pause one request tries the upstream and decides for all.
 * Failures are those of the transport: a response, whatever its status, is a success.
 */
export class CircuitBreaker {
  private failures = 0;
  private openUntil = 0;
  private isProbing = false;

  constructor(
    private readonly limit: number,
    private readonly openMs: number,
    private readonly clock: () => number,
  ) {}

  get state(): BreakerState {
    if (this.failures < this.limit) return 'closed';
    return this.clock() < this.openUntil ? 'open' : 'half-open';
  }

  /** Whether a request may be forwarded. Each one that may must end in `recordSuccess`, `recordFailure` or `recordAbandoned`. */
  admit(): boolean {
    if (this.failures < this.limit) return true;
    if (this.isProbing || this.clock() < this.openUntil) return false;
    this.isProbing = true;
    return true;
  }

  recordSuccess(): void {
    this.failures = 0;
    this.isProbing = false;
  }

  recordFailure(): void {
    this.failures++;
    this.isProbing = false;
    if (this.failures >= this.limit) this.openUntil = this.clock() + this.openMs;
  }

  /** The client went away before the upstream had responded. */
  recordAbandoned(): void {
    this.isProbing = false;
  }
}
