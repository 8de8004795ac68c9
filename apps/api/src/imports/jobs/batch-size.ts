const [MIN, MAX, FIRST] = [50, 2000, 100];
/** How long a transaction should take: long enough to spread its cost, short enough that others wait little for its locks. */
const TARGET_MS = 150;

/** How many rows go into one transaction, from how long those before it took. */
export class BatchSize {
  rows = FIRST;

  /** @param rows how many rows a transaction had, and for how many milliseconds it ran */
  record(rows: number, ms: number): void {
    const wanted = (rows * TARGET_MS) / Math.max(ms, 1);
    // A short batch at the end of a file is not representative, and one slow transaction does not mean a slow database.
    const next = Math.min(Math.max(wanted, this.rows / 2), this.rows * 2);
    this.rows = Math.round(Math.min(Math.max(next, MIN), MAX));
  }
}
