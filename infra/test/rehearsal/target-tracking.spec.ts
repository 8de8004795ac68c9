import { describe, expect, it } from '@jest/globals';
import { nextDesired, type Scaling, type Tracked } from '../../rehearsal/metrics/target-tracking.ts';

const state = (change: Partial<Scaling> = {}): Scaling => ({
  desired: 2,
  min: 2,
  max: 6,
  minutesSince: { out: Infinity, in: Infinity },
  cooldownMinutes: { out: 1, in: 5 },
  ...change,
});
const cpu = (...values: number[]): Tracked => ({ target: 60, values });
const minutes = (count: number, value: number) => Array.from({ length: count }, () => value);

describe('target tracking', () => {
  it('scales out after three minutes above the target, in proportion', () => {
    expect(nextDesired([cpu(90, 90)], state())).toBe(2);
    expect(nextDesired([cpu(90, 90, 90)], state())).toBe(3);
    expect(nextDesired([cpu(90, 59, 90)], state())).toBe(2);
    expect(nextDesired([cpu(150, 150, 150)], state())).toBe(5);
  });

  it('scales in after fifteen minutes below 90 % of the target, and only where every policy agrees', () => {
    const four = state({ desired: 4 });
    expect(nextDesired([cpu(...minutes(14, 20))], four)).toBe(4);
    expect(nextDesired([cpu(...minutes(15, 20))], four)).toBe(2);
    expect(nextDesired([cpu(...minutes(15, 55))], four)).toBe(4);
    expect(nextDesired([cpu(...minutes(15, 20)), { target: 3000, values: minutes(15, 2900) }], four)).toBe(4);
  });

  it('takes the largest result of its policies, within minimum and maximum', () => {
    const requests: Tracked = { target: 3000, values: minutes(3, 9000) };
    expect(nextDesired([cpu(...minutes(15, 5)), requests], state())).toBe(6);
    expect(nextDesired([cpu(...minutes(3, 600))], state())).toBe(6);
    expect(nextDesired([cpu(...minutes(15, 0))], state({ desired: 3 }))).toBe(2);
  });

  it('waits for its cooldowns: for the one of its direction, and before scaling in for both', () => {
    const out = [cpu(90, 90, 90)];
    const down = [cpu(...minutes(15, 5))];
    expect(nextDesired(out, state({ minutesSince: { out: 0, in: 0 } }))).toBe(2);
    expect(nextDesired(out, state({ minutesSince: { out: 1, in: 0 } }))).toBe(3);
    expect(nextDesired(down, state({ desired: 4, minutesSince: { out: 4, in: Infinity } }))).toBe(4);
    expect(nextDesired(down, state({ desired: 4, minutesSince: { out: 5, in: 5 } }))).toBe(2);
  });
});
