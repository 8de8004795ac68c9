/** What went wrong, and how often. */
export class Tally {
  served = 0;
  private readonly failures = new Map<string, number>();

  fail(what: string): void {
    this.failures.set(what, (this.failures.get(what) ?? 0) + 1);
  }

  get failed(): boolean {
    return this.failures.size > 0;
  }

  /** One line for each kind of failure. */
  lines(): string[] {
    return [...this.failures].map(([what, times]) => `${times} × ${what}`);
  }
}
