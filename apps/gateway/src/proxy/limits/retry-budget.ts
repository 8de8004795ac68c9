/** Keeps retries a small part of the traffic, so that they never become the load that keeps an upstream down. */
export class RetryBudget {
  private tokens: number;

  /** @param share retries for each request, @param burst how many may come at once */
  constructor(
    private readonly share = 0.1,
    private readonly burst = 10,
  ) {
    this.tokens = burst;
  }

  deposit(): void {
    if (this.tokens < this.burst) this.tokens = Math.min(this.burst, this.tokens + this.share);
  }

  /** @returns whether there was a retry left; it is then used */
  withdraw(): boolean {
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}
