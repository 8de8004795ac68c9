/**
 * Leaves an upstream alone for a while after too many failures in a row; then one request tries it, and decides for all.
 * Failures are those of the transport: an answer, whatever its status, is a success.
 */
export class Breaker {
  private failures = 0;
  private openUntil = 0;
  private probing = false;

  constructor(
    private readonly limit: number,
    private readonly openMs: number,
    private readonly clock: () => number,
  ) {}

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.failures < this.limit) return 'closed';
    return this.clock() < this.openUntil ? 'open' : 'half-open';
  }

  /** Whether a request may go up. Each one that may must end in `succeeded`, `failed` or `abandoned`. */
  admit(): boolean {
    if (this.failures < this.limit) return true;
    if (this.probing || this.clock() < this.openUntil) return false;
    this.probing = true;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
    this.probing = false;
  }

  failed(): void {
    this.failures++;
    this.probing = false;
    if (this.failures >= this.limit) this.openUntil = this.clock() + this.openMs;
  }

  /** The client went away before the upstream had shown anything. */
  abandoned(): void {
    this.probing = false;
  }
}
