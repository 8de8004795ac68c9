/** How long a level counts as contended after its lock was last seen in another transaction's hands. */
const REMEMBERED_MS = 3_000;
/** More are forgotten, oldest first: they are found again by the next batch that waits for one. */
const MAX_KEYS = 10_000;

/** The levels whose locks other transactions hold, so that movements of other levels are not written together with theirs. */
export class ContendedKeys {
  private readonly until = new Map<string, number>();

  add(key: string, now = performance.now()): void {
    this.until.delete(key);
    this.until.set(key, now + REMEMBERED_MS);
    if (this.until.size > MAX_KEYS) this.until.delete(this.until.keys().next().value!);
  }

  delete(key: string): void {
    this.until.delete(key);
  }

  has(key: string, now = performance.now()): boolean {
    if (this.until.size === 0) return false;
    const until = this.until.get(key);
    if (until !== undefined && until <= now) this.until.delete(key);
    return until !== undefined && until > now;
  }
}
