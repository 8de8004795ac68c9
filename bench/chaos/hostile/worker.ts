import { parentPort, workerData } from 'node:worker_threads';
import { Random } from '../../../apps/api/src/demo/random.ts';
import { Tally } from '../tally.ts';
import { attack } from './index.ts';

/** What `Attackers` hands over. */
export interface WorkerInput {
  ports: number[];
  /** One attacker for each. */
  seeds: number[];
  milliseconds: number;
}

const { ports, seeds, milliseconds } = workerData as WorkerInput;
const done = new Tally();
const end = performance.now() + milliseconds;
await Promise.all(seeds.map((seed) => attack(ports, new Random(seed), done, () => performance.now() > end)));
parentPort!.postMessage(done.text);
