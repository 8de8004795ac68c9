import { parseArgs } from 'node:util';
import { drills, FIRST } from './drills/drills.ts';

const NAMES = [FIRST, ...Object.keys(drills)];

export const USAGE = `Write npm run rehearse -- <environment> [--prepared] [--keep] [--speed <n>] [--drill <name>], with all or ${NAMES.join(', ')}.`;

export interface Options {
  environment: string | undefined;
  /** Makes a lab's account first, as its owner would. */
  prepared: boolean;
  /** Leaves everything running at the end. */
  keep: boolean;
  /**
   * How many times as fast passes what AWS only waits for: intervals of the containers' health checks, deregistration delays,
   * the TTL of names. Not what gives a program time: timeouts, start and grace periods.
   */
  speed: number;
  /** In the order in which they are played. */
  drills: string[];
  unknown: string[];
}

export function optionsOf(args: string[]): Options {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      prepared: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      speed: { type: 'string', default: '1' },
      drill: { type: 'string', multiple: true, default: [] },
    },
  });
  const { prepared, keep, speed, drill } = values;
  // A lab has created nothing that AWS protects; where there is, the drill of its protection ends with its destruction.
  const last = prepared ? 'protection' : 'destroy';
  const isPlayed = (name: string) => drill.includes(name) || (drill.includes('all') && name !== last);
  return {
    environment: positionals[0],
    prepared,
    keep,
    speed: Number(speed),
    drills: NAMES.filter(isPlayed),
    unknown: drill.filter((name) => name !== 'all' && !NAMES.includes(name)),
  };
}
