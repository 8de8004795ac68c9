export interface Watched {
  /** Called several times within each time limit. @param now milliseconds of the clock of `TimeoutChecker.now` */
  onTick(now: number): void;
}

/** One timer for the requests in progress on all connections, instead of several for each. */
export class TimeoutChecker {
  private readonly watched = new Set<Watched>();
  private readonly timer: NodeJS.Timeout;
  private lastTick: number;

  /** @param shortestMs the shortest time limit that is checked */
  constructor(
    shortestMs: number,
    private readonly clock: () => number,
  ) {
    this.lastTick = clock();
    this.timer = setInterval(() => this.tick(), Math.min(500, Math.max(5, shortestMs / 8)));
    this.timer.unref();
  }

  /** The time of the last tick: precise enough for time limits, and free of a system call. */
  get now(): number {
    return this.lastTick;
  }

  add(watched: Watched): void {
    this.watched.add(watched);
  }

  delete(watched: Watched): void {
    this.watched.delete(watched);
  }

  close(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    this.lastTick = this.clock();
    for (const watched of this.watched) watched.onTick(this.lastTick);
  }
}
