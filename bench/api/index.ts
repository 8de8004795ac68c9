import { depth } from './depth.ts';
import { footprint } from './footprint.ts';
import { importing } from './import.ts';
import { list } from './list.ts';
import { hot, spread } from './movements.ts';
import { holdHot, holdSpread } from './reservations.ts';
import { search } from './search.ts';
import type { Bench } from './suite.ts';

/** In the order in which they run: what only reads comes first. */
export const benches: Record<string, Bench> = {
  list,
  search,
  spread,
  hot,
  holdSpread,
  holdHot,
  footprint,
  depth,
  import: importing,
};
