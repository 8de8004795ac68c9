import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../../apps/api/src/demo/random.ts';
import type { Tally } from '../tally.ts';
import { hugeJson } from './bodies.ts';
import { halfCloses, hugeHeaders, junk, resets } from './broken.ts';
import type { Hostile } from './episode.ts';
import { pipelines, requestFlood, signInFlood } from './floods.ts';
import { hoardedConnections, slowBodies, slowHeaders, slowReaders } from './slow.ts';

const HOSTILES: Record<string, Hostile> = {
  slowBodies, slowHeaders, slowReaders, hoardedConnections, junk, halfCloses, resets, hugeHeaders, hugeJson, requestFlood,
  signInFlood, pipelines,
}; // prettier-ignore

const [MIN_MS, MAX_MS] = [5_000, 20_000];

/** One hostile client after the other, each with an address of its own, against any of the ports. */
export async function attack(ports: number[], random: Random, done: Tally, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const name = random.pick(Object.keys(HOSTILES));
    const end = performance.now() + random.int(MIN_MS, MAX_MS);
    const hasEnded = () => isOver() || performance.now() > end;
    const over = (async () => {
      while (!hasEnded()) await sleep(50);
    })();
    const address = `127.${random.int(64, 127)}.${random.int(0, 255)}.${random.int(1, 254)}`;
    await HOSTILES[name]!({ port: random.pick(ports), address, random, over, isOver: hasEnded });
    done.add(name);
  }
}
