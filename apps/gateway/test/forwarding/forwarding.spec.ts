import { forwarded } from './cases/forwarded.ts';
import { framing } from './cases/framing.ts';
import { hopByHop } from './cases/hop-by-hop.ts';
import { targets } from './cases/targets.ts';
import { runCase } from './support/case.ts';
import { startStockroom } from './support/stockroom.ts';

describe.each([hopByHop, forwarded, targets, framing])('$rule', ({ cases }) => {
  it.each(cases)('$name', (one) => runCase(one, startStockroom));
});
