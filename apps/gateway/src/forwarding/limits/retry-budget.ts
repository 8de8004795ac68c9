/** Keeps retries a small part of the traffic, so that they never become the load that keeps an upstream down. */
export class RetryBudget {
  private tokens: number;

  /** @param share retries for each request, @param most how many may come at once */
  constructor(
    private readonly share = 0.1,
    private readonly most = 10,
  ) {
    this.tokens = most;
  }

  deposit(): void {
    if (this.tokens < this.most) this.tokens = Math.min(this.most, this.tokens + this.share);
  }

  /** Whether a retry may be made; it is then paid for. */
  withdraw(): boolean {
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}
