import type { IncomingMessage } from 'node:http';
import type { HeaderList } from '../rules/header-list.ts';
import type { Refusal } from '../rules/refusal.ts';
import { TokenBuckets } from './token-bucket.ts';

export interface RateLimitOptions {
  /** Requests at once. */
  capacity: number;
  /** Requests that come back each second. */
  perSecond: number;
  /** Who signed the request: only a verified identity, or each made-up one would get a bucket. Default: unknown. */
  principalOf?: (request: IncomingMessage) => string | undefined;
  /** Default: 50,000 for each of two generations. */
  maxKeys?: number;
  /** Milliseconds. Default: `performance.now`. */
  clock?: () => number;
}

export interface RateLimitResult {
  readonly refusal: Refusal | undefined;
  /** The `RateLimit` fields of the response. */
  readonly headers: Readonly<HeaderList>;
}

/** A token bucket per principal, else per client address, with the header fields of draft-ietf-httpapi-ratelimit-headers. */
export class RateLimit {
  private readonly buckets: TokenBuckets;
  private readonly principalOf: (request: IncomingMessage) => string | undefined;
  private readonly policy: string;

  constructor({ capacity, perSecond, principalOf, maxKeys, clock = () => performance.now() }: RateLimitOptions) {
    this.buckets = new TokenBuckets(capacity, perSecond, clock, maxKeys);
    this.principalOf = principalOf ?? (() => undefined);
    this.policy = `"default";q=${capacity};w=${this.buckets.windowSeconds}`;
  }

  /** Callers whose buckets are in memory. */
  get size(): number {
    return this.buckets.size;
  }

  /** Takes one request off the caller's bucket. */
  check(request: IncomingMessage, address: string): RateLimitResult {
    const principal = this.principalOf(request);
    const key = principal === undefined ? `a:${address}` : `p:${principal}`;
    const { allowed, remaining, fullInSeconds, nextInSeconds } = this.buckets.take(key);
    const headers = ['ratelimit-policy', this.policy, 'ratelimit', `"default";r=${remaining};t=${fullInSeconds}`];
    return { headers, refusal: allowed ? undefined : tooManyRequests(nextInSeconds) };
  }
}

const tooManyRequests = (seconds: number): Refusal => ({
  kind: 'too-many-requests',
  detail: `The rate limit is reached. Retry after ${seconds} s.`,
  reason: 'rate-limit',
  extra: { headers: { 'retry-after': String(seconds) } },
});
