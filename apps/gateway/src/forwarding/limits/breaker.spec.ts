import { Breaker } from './breaker.ts';

describe('Breaker', () => {
  let now = 0;
  const make = () => new Breaker(3, 500, () => now);
  const failTimes = (breaker: Breaker, times: number) => {
    for (let i = 0; i < times; i++) breaker.failed();
  };

  it('stays closed while failures are mixed with successes', () => {
    const breaker = make();
    failTimes(breaker, 2);
    breaker.succeeded();
    failTimes(breaker, 2);
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['closed', true, true]);
  });

  it('opens after failures in a row, lets one request try when the time is up, and closes with its success', () => {
    const breaker = make();
    failTimes(breaker, 3);
    expect([breaker.state, breaker.admit()]).toEqual(['open', false]);
    now += 500;
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['half-open', true, false]);
    breaker.succeeded();
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['closed', true, true]);
  });

  it('opens again when the try fails, and lets another one try when it was abandoned', () => {
    const breaker = make();
    failTimes(breaker, 3);
    now += 500;
    breaker.admit();
    breaker.failed();
    expect(breaker.admit()).toBe(false);
    now += 500;
    expect(breaker.admit()).toBe(true);
    breaker.abandoned();
    expect(breaker.admit()).toBe(true);
  });
});
