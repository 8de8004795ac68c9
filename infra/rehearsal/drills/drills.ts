import { broken, first, roll } from './deployments.ts';
import { destroy, protection } from './destroy.ts';
import { addresses, database, killInstance, killTask } from './faults.ts';
import { rest, scale } from './scaling.ts';
import type { Drill } from './support.ts';

/** Played instead of the plain first deployment. */
export const FIRST = 'first-deployment';

/** Faults and changes that a deployed system must survive, in the order in which `all` plays them. */
export const drills: Record<string, Drill> = {
  [FIRST]: first,
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
