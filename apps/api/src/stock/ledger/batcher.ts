/** How a `Batcher` reads its entries. */
export interface BatcherOptions<T> {
  /** How much an entry takes of a batch and of what may wait. */
  weigh: (entry: T) => number;
  /** What an entry needs alone: while it is in a batch under way, others that need it wait for that batch to end. */
  keysOf: (entry: T) => Iterable<string>;
  /** How many batches may be under way at once. */
  lanes: number;
  /** How much one batch takes; a heavier entry goes alone. */
  capacity: number;
  /** How much may wait for its batch. */
  maxWaiting: number;
}

/** A batch under way, and the entries that come after it because they need a key of it. */
interface Running<T> {
  keys: ReadonlySet<string>;
  following: T[];
}

/**
 * Group commit: what arrives while others are being written is written together, in the next batch. One transaction,
 * one flush to disk and one hold of a hot row's lock then serve many callers.
 */
export class Batcher<T> {
  private waiting: T[] = [];
  private waitingWeight = 0;
  private readonly running = new Set<Running<T>>();
  private scheduled = false;

  /** @param run writes a batch; it must settle each entry itself and never reject */
  constructor(
    private readonly run: (batch: T[]) => Promise<void>,
    private readonly options: BatcherOptions<T>,
  ) {}

  /** @returns false where too much waits already */
  add(entry: T): boolean {
    if (this.waitingWeight >= this.options.maxWaiting) return false;
    this.waiting.push(entry);
    this.waitingWeight += this.options.weigh(entry);
    this.schedule();
    return true;
  }

  /** After all that this turn of the event loop brings, so that what arrives together goes together. */
  private schedule(): void {
    if (this.scheduled || this.running.size >= this.options.lanes) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.start();
    });
  }

  private start(): void {
    const batch = this.take();
    if (batch.length === 0) return;
    const running: Running<T> = {
      keys: new Set(batch.flatMap((entry) => [...this.options.keysOf(entry)])),
      following: [],
    };
    this.running.add(running);
    void this.run(batch).finally(() => {
      this.running.delete(running);
      this.waiting = [...running.following, ...this.waiting];
      if (this.waiting.length > 0) this.schedule();
    });
    if (this.waiting.length > 0) this.schedule();
  }

  private take(): T[] {
    const { weigh, capacity } = this.options;
    const batch: T[] = [];
    let weight = 0;
    let seen = 0;
    for (const entry of this.waiting) {
      const before = this.findRunning(entry);
      if (before) before.following.push(entry);
      else if (batch.length > 0 && weight + weigh(entry) > capacity) break;
      else {
        batch.push(entry);
        weight += weigh(entry);
      }
      seen++;
    }
    this.waiting.splice(0, seen);
    this.waitingWeight -= weight;
    return batch;
  }

  private findRunning(entry: T): Running<T> | undefined {
    for (const running of this.running)
      for (const key of this.options.keysOf(entry)) if (running.keys.has(key)) return running;
    return undefined;
  }
}
