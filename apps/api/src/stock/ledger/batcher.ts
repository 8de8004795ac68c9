/**
 * Group commit: what arrives while others are being written is written together, in the next batch. One transaction,
 * one flush to disk and one hold of a hot row's lock then serve many callers.
 */
export class Batcher<T> {
  private waiting: T[] = [];
  private waitingWeight = 0;
  private running = 0;
  private scheduled = false;

  /**
   * @param run      writes a batch; it must settle each entry itself and never reject
   * @param lanes    how many batches may be under way at once
   * @param capacity how much one batch takes, by `weigh`; a heavier entry goes alone
   * @param maxWaiting how much may wait for its batch
   */
  constructor(
    private readonly run: (batch: T[]) => Promise<void>,
    private readonly weigh: (entry: T) => number,
    private readonly lanes: number,
    private readonly capacity: number,
    private readonly maxWaiting: number,
  ) {}

  /** @returns false where too much waits already */
  add(entry: T): boolean {
    if (this.waitingWeight >= this.maxWaiting) return false;
    this.waiting.push(entry);
    this.waitingWeight += this.weigh(entry);
    this.schedule();
    return true;
  }

  /** After all that this turn of the event loop brings, so that what arrives together goes together. */
  private schedule(): void {
    if (this.scheduled || this.running >= this.lanes) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.start();
    });
  }

  private start(): void {
    if (this.waiting.length === 0) return;
    this.running++;
    void this.run(this.take()).finally(() => {
      this.running--;
      if (this.waiting.length > 0) this.schedule();
    });
    if (this.waiting.length > 0) this.schedule();
  }

  private take(): T[] {
    let weight = 0;
    const end = this.waiting.findIndex((entry, n) => (weight += this.weigh(entry)) > this.capacity && n > 0);
    const batch = this.waiting.splice(0, end === -1 ? this.waiting.length : end);
    this.waitingWeight -= batch.reduce((sum, entry) => sum + this.weigh(entry), 0);
    return batch;
  }
}
