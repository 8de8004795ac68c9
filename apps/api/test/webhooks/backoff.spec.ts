import { expect, it } from '@jest/globals';
import { backoffSeconds } from '../../src/webhooks/delivery/backoff.ts';

it.each([
  [1, 3.75, 6.25],
  [2, 7.5, 12.5],
  [5, 60, 100],
  [11, 2_700, 4_500],
  [1_000, 2_700, 4_500],
])('waits after failure %s for %s to %s seconds', (failures, least, most) => {
  expect([backoffSeconds(failures, 0, () => 0), backoffSeconds(failures, 0, () => 1)]).toEqual([least, most]);
});

it.each([
  [1, 120, 120],
  [1, 1, 3.75],
  [1, 1_000_000, 3_600],
])('waits after failure %s with Retry-After: %s for %s seconds at least', (failures, retryAfter, seconds) => {
  expect(backoffSeconds(failures, retryAfter, () => 0)).toBe(seconds);
});
