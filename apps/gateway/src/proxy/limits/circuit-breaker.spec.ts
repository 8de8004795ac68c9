import { describe, expect, it } from '@jest/globals';
import { CircuitBreaker } from './circuit-breaker.ts';

describe('CircuitBreaker', () => {
  let now = 0;
  const make = () => new CircuitBreaker(3, 500, () => now);
  const failTimes = (breaker: CircuitBreaker, times: number) => {
    for (let i = 0; i < times; i++) breaker.recordFailure();
  };

  it('stays closed while failures are mixed with successes', () => {
    const breaker = make();
    failTimes(breaker, 2);
    breaker.recordSuccess();
    failTimes(breaker, 2);
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['closed', true, true]);
  });

  it('opens after failures in a row, lets one request try when the time is up, and closes with its success', () => {
    const breaker = make();
    failTimes(breaker, 3);
    expect([breaker.state, breaker.admit()]).toEqual(['open', false]);
    now += 500;
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['half-open', true, false]);
    breaker.recordSuccess();
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['closed', true, true]);
  });

  it('opens again when the try fails, and lets another one try when it was abandoned', () => {
    const breaker = make();
    failTimes(breaker, 3);
    now += 500;
    breaker.admit();
    breaker.recordFailure();
    expect(breaker.admit()).toBe(false);
    now += 500;
    expect(breaker.admit()).toBe(true);
    breaker.recordAbandoned();
    expect(breaker.admit()).toBe(true);
  });
});
