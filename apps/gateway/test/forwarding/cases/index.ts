import type { Rule } from '../support/case.ts';
import { faults } from './faults.ts';
import { forwarded } from './forwarded.ts';
import { framing } from './framing.ts';
import { hopByHop } from './hop-by-hop.ts';
import { limits } from './limits.ts';
import { messages } from './messages.ts';
import { retries } from './retries.ts';
import { streaming } from './streaming.ts';
import { targets } from './targets.ts';

/** Everything that design and RFCs ask of a proxy in front of the API. */
export const rules: Rule[] = [hopByHop, forwarded, targets, framing, messages, streaming, faults, retries, limits];
