import { Problem } from '#service';

export interface SemaphoreLimits {
  /** How much work runs at a time. */
  limit: number;
  /** How much work of each lane waits. */
  maxQueue: number;
  /** How much work of one key waits or runs in the normal lane. */
  maxPerKey: number;
}

export interface Admission {
  /** Priority work runs first and waits in a queue of its own, so that a flood in the normal lane cannot displace it. */
  lane: 'priority' | 'normal';
  /** What the normal lane is shared by: a network. */
  key?: string;
}

/** Bounds concurrent work. Work beyond the queues is refused at once instead of waiting without end. */
export class Semaphore {
  private running = 0;
  private readonly queues: Record<Admission['lane'], (() => void)[]> = { priority: [], normal: [] };
  private readonly admitted = new Map<string, number>();

  constructor(private readonly limits: SemaphoreLimits) {}

  /** @throws Problem `too-many-requests` where `key` has its share already, `unavailable` where the queue is full */
  async run<T>(work: () => Promise<T>, { lane, key }: Admission): Promise<T> {
    const share = lane === 'normal' ? key : undefined;
    if (share !== undefined && (this.admitted.get(share) ?? 0) >= this.limits.maxPerKey) throw tooManyFromNetwork();
    if (this.running >= this.limits.limit && this.queues[lane].length >= this.limits.maxQueue) throw queueFull();
    this.count(share, 1);
    try {
      await this.acquire(lane);
      try {
        return await work();
      } finally {
        this.release();
      }
    } finally {
      this.count(share, -1);
    }
  }

  private async acquire(lane: Admission['lane']): Promise<void> {
    if (this.running < this.limits.limit) {
      this.running++;
      return;
    }
    await new Promise<void>((acquired) => this.queues[lane].push(acquired));
  }

  /** The slot passes to the next in the queue, so `running` stays as it is. */
  private release(): void {
    const next = this.queues.priority.shift() ?? this.queues.normal.shift();
    if (next) next();
    else this.running--;
  }

  private count(key: string | undefined, change: 1 | -1): void {
    if (key === undefined) return;
    const count = (this.admitted.get(key) ?? 0) + change;
    if (count > 0) this.admitted.set(key, count);
    else this.admitted.delete(key);
  }
}

const retry = { headers: { 'retry-after': '2' } };
const queueFull = () => new Problem('unavailable', 'Too many sign-ins are waiting. Try again in 2 s.', retry);
const tooManyFromNetwork = () =>
  new Problem('too-many-requests', 'Too many sign-ins from this network are waiting. Try again in 2 s.', retry);
