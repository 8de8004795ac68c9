import { broken, roll } from './deployments.ts';
import { destroy, protection } from './destroy.ts';
import { addresses, database, killInstance, killTask } from './faults.ts';
import { rest, scale } from './scaling.ts';
import type { Drill } from './support.ts';
import { unchanged } from './unchanged.ts';

/** Played before the first deployment that is to succeed. */
export const FIRST = 'first-deployment';

/** Faults and changes that a deployed system must survive, in the order in which `all` plays them. */
export const drills: Record<string, Drill> = {
  unchanged,
  rest,
  roll,
  broken,
  'kill-task': killTask,
  database,
  addresses,
  scale,
  'kill-instance': killInstance,
  protection,
  destroy,
};
