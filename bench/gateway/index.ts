import type { Figure } from '../support/figures.ts';
import { generator } from '../support/load.ts';
import { report } from '../support/report.ts';
import { bodies } from './bodies.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { throughput } from './throughput.ts';
import type { Bench, Size } from './suite.ts';

export const benches: Record<string, Bench> = { throughput, memory, bodies, latency };

/** Runs these benches of the gateway. @returns the table */
export async function measureGateway(names: string[], size: Size, quick: boolean): Promise<string> {
  const figures: Figure[] = [];
  for (const name of names) {
    console.error(`${name} …`);
    figures.push(...(await benches[name]!(size)));
  }
  return report({ suite: 'gateway', quick, ...size, generator, figures });
}
