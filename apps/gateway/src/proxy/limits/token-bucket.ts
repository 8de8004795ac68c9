interface Bucket {
  tokens: number;
  /** When `tokens` was right. */
  at: number;
}

/** A bucket after a request. */
export interface BucketState {
  allowed: boolean;
  /** Requests left now, whole ones. */
  remaining: number;
  /** Whole seconds until the bucket is full again. */
  fullInSeconds: number;
  /** Whole seconds until the next request is allowed; 0 where it is now. */
  nextInSeconds: number;
}

/**
 * A token bucket for each key. Memory is bounded by two generations of at most `maxKeys`: a key that was not seen for as
 * long as an empty bucket needs to fill up is the same as a new one, so its generation can be dropped.
 */
export class TokenBuckets {
  private current = new Map<string, Bucket>();
  private previous = new Map<string, Bucket>();
  private rotatedAt: number;
  private readonly fillMs: number;

  /** @param capacity requests at once, @param perSecond requests that come back each second, @param clock in milliseconds */
  constructor(
    readonly capacity: number,
    private readonly perSecond: number,
    private readonly clock: () => number,
    private readonly maxKeys = 50_000,
  ) {
    this.fillMs = (capacity / perSecond) * 1000;
    this.rotatedAt = clock();
  }

  /** Seconds in which an empty bucket fills up. */
  get windowSeconds(): number {
    return Math.ceil(this.fillMs / 1000);
  }

  get size(): number {
    return this.current.size + this.previous.size;
  }

  take(key: string): BucketState {
    const now = this.clock();
    if (now - this.rotatedAt >= this.fillMs || this.current.size >= this.maxKeys) this.rotate(now);
    const bucket = this.bucketOf(key, now);
    bucket.tokens = Math.min(this.capacity, bucket.tokens + ((now - bucket.at) / 1000) * this.perSecond);
    bucket.at = now;
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens--;
    return {
      allowed,
      remaining: Math.floor(bucket.tokens),
      fullInSeconds: Math.ceil((this.capacity - bucket.tokens) / this.perSecond),
      nextInSeconds: bucket.tokens >= 1 ? 0 : Math.ceil((1 - bucket.tokens) / this.perSecond),
    };
  }

  private bucketOf(key: string, now: number): Bucket {
    const known = this.current.get(key);
    if (known) return known;
    const bucket = this.previous.get(key) ?? { tokens: this.capacity, at: now };
    this.previous.delete(key);
    this.current.set(key, bucket);
    return bucket;
  }

  private rotate(now: number): void {
    this.previous = this.current;
    this.current = new Map();
    this.rotatedAt = now;
  }
}
