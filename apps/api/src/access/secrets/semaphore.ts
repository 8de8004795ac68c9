import { Problem } from '#service';

/** Lets at most `width` pieces of work run at a time; the others wait in line, of which at most `patience` do. */
export class Semaphore {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly limit: number,
    private readonly maxQueue: number,
  ) {}

  /** @throws Problem `unavailable` where the line is full */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.acquire();
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  private async acquire(): Promise<void> {
    if (this.running < this.limit) {
      this.running++;
      return;
    }
    if (this.queue.length >= this.maxQueue)
      throw new Problem('unavailable', 'Too many people sign in at once. Try again in a moment.', {
        headers: { 'retry-after': '2' },
      });
    await new Promise<void>((enter) => this.queue.push(enter));
  }

  /** Hands the place on to whoever is next. */
  private release(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.running--;
  }
}
