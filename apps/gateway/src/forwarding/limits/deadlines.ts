/** Something that a deadline can end. */
export interface Timed {
  /** Called a few times within each limit. @param now in milliseconds of the same clock as `Deadlines.now` */
  tick(now: number): void;
}

/** One timer for all requests under way, instead of several for each. */
export class Deadlines {
  /** The time of the last round: precise enough to say when a byte moved, and free. */
  now: number;
  private readonly timed = new Set<Timed>();
  private readonly timer: NodeJS.Timeout;

  /** @param shortestMs of the limits to be kept */
  constructor(
    shortestMs: number,
    private readonly clock: () => number,
  ) {
    this.now = clock();
    this.timer = setInterval(() => this.round(), Math.min(500, Math.max(5, shortestMs / 8)));
    this.timer.unref();
  }

  get size(): number {
    return this.timed.size;
  }

  add(timed: Timed): void {
    this.timed.add(timed);
  }

  delete(timed: Timed): void {
    this.timed.delete(timed);
  }

  close(): void {
    clearInterval(this.timer);
  }

  private round(): void {
    this.now = this.clock();
    for (const timed of this.timed) timed.tick(this.now);
  }
}
