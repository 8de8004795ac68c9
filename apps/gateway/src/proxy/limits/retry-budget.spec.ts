import { expect, describe, it } from '@jest/globals';
import { RetryBudget } from './retry-budget.ts';

describe('RetryBudget', () => {
  it('allows a burst, then a share of the requests', () => {
    const budget = new RetryBudget(0.25, 2);
    const tries = (count: number) => Array.from({ length: count }, () => budget.withdraw());
    expect(tries(3)).toEqual([true, true, false]);
    for (let i = 0; i < 4; i++) budget.deposit();
    expect(tries(2)).toEqual([true, false]);
    for (let i = 0; i < 100; i++) budget.deposit();
    expect(tries(3)).toEqual([true, true, false]);
  });
});
