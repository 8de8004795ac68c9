/** Something that a deadline can end. */
export interface Timed {
  /** Where it stands among those that are watched; -1 where it is not. For `Deadlines` only. */
  watchedAt: number;
  /** Called a few times within each limit. @param now in milliseconds of the same clock as `Deadlines.now` */
  tick(now: number): void;
}

/** One timer for all requests under way, instead of several for each. */
export class Deadlines {
  /** The time of the last round: precise enough to say when a byte moved, and free. */
  now: number;
  /** In no order. A Set would hash each request twice. */
  private readonly timed: Timed[] = [];
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
    return this.timed.length;
  }

  add(timed: Timed): void {
    timed.watchedAt = this.timed.push(timed) - 1;
  }

  /** @returns whether it was watched */
  delete(timed: Timed): boolean {
    const { watchedAt } = timed;
    if (watchedAt === -1) return false;
    timed.watchedAt = -1;
    const last = this.timed.pop()!;
    if (last === timed) return true;
    this.timed[watchedAt] = last;
    last.watchedAt = watchedAt;
    return true;
  }

  close(): void {
    clearInterval(this.timer);
  }

  private round(): void {
    this.now = this.clock();
    // From the end: whoever takes itself out puts the last one, which has had its turn, into its place.
    for (let i = this.timed.length - 1; i >= 0; i--) this.timed[i]?.tick(this.now);
  }
}
