import { expect, it } from '@jest/globals';
import { ScannerBuffer } from './scanner-buffer.ts';

const CODE = '4006381333931';

/** @param gaps in milliseconds before each key, the last one before Enter */
function read(keys: string[], gaps: number[]): string | undefined {
  const buffer = new ScannerBuffer();
  let at = 1_000;
  return keys.map((key, index) => buffer.onKey(key, (at += gaps[index % gaps.length]!))).at(-1);
}

it('takes what a scanner types, also with shifted keys and on a machine that is busy for a moment', () => {
  expect(read([...CODE, 'Enter'], [8])).toBe(CODE);
  expect(read(['Shift', 'A', '-', 'Shift', 'B', '1', 'Enter'], [5])).toBe('A-B1');
  expect(read([...CODE, 'Enter'], [2, 2, 2, 150, 2, 2, 2, 2, 2, 2, 2, 2, 2])).toBe(CODE);
});

it('leaves to a person what a person types', () => {
  expect(read([...CODE, 'Enter'], [80])).toBeUndefined();
  expect(read([...CODE, 'Enter'], [60, 45, 50])).toBeUndefined();
});

it('takes no Enter for a code that came alone, late, or after very little', () => {
  expect(read(['Enter'], [5])).toBeUndefined();
  expect(read(['1', '2', 'Enter'], [5])).toBeUndefined();
  expect(read(['1', '2', '3', 'Enter'], [5, 5, 5, 900])).toBeUndefined();
});

it('begins anew after a pause or a key that is no character', () => {
  expect(read(['7', '1', '2', '3', 'Enter'], [5, 900, 5, 5, 5])).toBe('123');
  expect(read(['7', 'Backspace', '1', '2', '3', 'Enter'], [5])).toBe('123');
});
