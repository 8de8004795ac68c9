import { describe, it } from '@jest/globals';
import { rules } from './cases/index.ts';
import { runCase } from './support/case.ts';
import { startStockroom } from './support/stockroom.ts';

describe.each(rules)('$rule', ({ cases }) => {
  it.each(cases)('$name', (one) => runCase(one, startStockroom));
});
