import { describe, expect, it } from '@jest/globals';
import { TokenBuckets } from './token-bucket.ts';

describe('TokenBuckets', () => {
  let now = 0;

  it('gives back what time gives back, and no more than fits', () => {
    const buckets = new TokenBuckets(3, 1, () => now);
    const allowed = () => buckets.take('a').allowed;
    expect([allowed(), allowed(), allowed(), allowed()]).toEqual([true, true, true, false]);
    now += 1_000;
    expect([allowed(), allowed()]).toEqual([true, false]);
    now += 60_000;
    expect(buckets.take('a')).toEqual({ allowed: true, remaining: 2, fullInSeconds: 1, nextInSeconds: 0 });
  });

  it('forgets a key only once its bucket would be full', () => {
    const buckets = new TokenBuckets(10, 1, () => now);
    for (let i = 0; i < 10; i++) buckets.take('a');
    now += 9_000;
    buckets.take('b');
    now += 1_000;
    buckets.take('b'); // rotates the generations.
    expect(buckets.take('a').remaining).toBe(9);
    now += 30_000;
    buckets.take('b');
    now += 30_000;
    buckets.take('b');
    expect(buckets.size).toBe(1);
  });

  it('holds no more than two generations of keys, however many come', () => {
    const buckets = new TokenBuckets(10, 1, () => now, 100);
    for (let i = 0; i < 10_000; i++) buckets.take(`key ${i}`);
    expect(buckets.size).toBeLessThanOrEqual(200);
  });
});
