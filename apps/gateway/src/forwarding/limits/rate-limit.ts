import type { HeaderList } from '../../http1/index.ts';
import type { Asking } from '../headers/forwarded.ts';
import type { Refusal } from '../refusal.ts';
import { TokenBuckets } from './token-buckets.ts';

export interface RateLimitOptions {
  /** Requests at once. */
  capacity: number;
  /** Requests that come back each second. */
  perSecond: number;
  /** Who signed the request. It must not believe what the client could make up, or a client gets a bucket for each lie. Default: nobody. */
  principalOf?: (request: Asking) => string | undefined;
  /** Default: 50,000 for each of two generations. */
  maxKeys?: number;
  /** Milliseconds. Default: `performance.now`. */
  clock?: () => number;
}

/** A bucket per principal, else per client address, told in the header fields of draft-ietf-httpapi-ratelimit-headers. */
export class RateLimit {
  readonly buckets: TokenBuckets;
  private readonly principalOf: (request: Asking) => string | undefined;
  private readonly policy: string;

  constructor({ capacity, perSecond, principalOf, maxKeys, clock = () => performance.now() }: RateLimitOptions) {
    this.buckets = new TokenBuckets(capacity, perSecond, clock, maxKeys);
    this.principalOf = principalOf ?? (() => undefined);
    this.policy = `"default";q=${capacity};w=${this.buckets.windowSeconds}`;
  }

  /**
   * Takes one request off the caller's bucket.
   * @param answerHeaders gets the `RateLimit` fields
   */
  check(request: Asking, clientAddress: string, answerHeaders: HeaderList): Refusal | undefined {
    const principal = this.principalOf(request);
    const standing = this.buckets.take(principal === undefined ? `a:${clientAddress}` : `p:${principal}`);
    const { allowed, remaining, fullInSeconds, nextInSeconds } = standing;
    answerHeaders.push('ratelimit-policy', this.policy, 'ratelimit', `"default";r=${remaining};t=${fullInSeconds}`);
    if (allowed) return undefined;
    return {
      kind: 'too-many-requests',
      detail: `Come back in ${nextInSeconds} s.`,
      reason: 'rate-limit',
      extra: { headers: { 'retry-after': String(nextInSeconds) } },
    };
  }
}
