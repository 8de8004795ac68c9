import { describe, expect, it } from '@jest/globals';
import { BatchSize } from './batch-size.ts';

describe('the rows of one transaction of an import', () => {
  it('are as many as take 150 ms, at most twice or half as many as before, from 50 to 2000', () => {
    const size = new BatchSize();
    const after = (msPerRow: number) => {
      size.record(size.rows, size.rows * msPerRow);
      return size.rows;
    };
    expect([size.rows, after(0.05), after(0.05), after(0.05)]).toEqual([100, 200, 400, 800]);
    expect([after(0.05), after(0.05), after(0.15), after(1)]).toEqual([1600, 2000, 1000, 500]);
    expect([after(1), after(10), after(10), after(10), after(0)]).toEqual([250, 125, 63, 50, 100]);
  });
});
