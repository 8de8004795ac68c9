import { compared, type Figure, type Target } from '../support/figures.ts';
import { count } from '../support/load.ts';
import type { Process } from '../support/processes.ts';
import { OURS, startAll, startUpstream, stopAll } from './proxies.ts';
import { type Bench, type Size, small } from './suite.ts';

const RATES: Record<string, Target> = { '@fastify/http-proxy': { atLeast: 1.2 } };
const COSTS: Record<string, Target> = {
  '@fastify/http-proxy': { atMost: 0.85 },
  'bare undici dispatch': { atMost: 1.35 },
};

interface Measured {
  rate: number;
  /** CPU of the proxy by request, in microseconds. */
  cost: number;
}

/** Requests per second and CPU by request for small GETs, all proxies in turn. */
export const throughput: Bench = async (size) => {
  const upstream = await startUpstream();
  const proxies = await startAll(upstream.url);
  const rounds: Record<string, Measured>[] = [];
  // The first one warms up and does not count.
  for (let round = 0; round <= size.rounds; round++) rounds.push(await once(proxies, size, round));
  await stopAll([...Object.values(proxies), upstream]);
  const peers = Object.keys(proxies).filter((name) => name !== OURS);
  const figures = (what: string, unit: string, of: keyof Measured, targets: Record<string, Target>): Figure[] =>
    peers.map((name) => {
      const pairs = rounds.slice(1).map((round) => ({ ours: round[OURS]![of], peer: round[name]![of] }));
      return compared(`${what}, against ${name}`, unit, pairs, targets[name] ?? {});
    });
  return [...figures('small GETs', 'requests/s', 'rate', RATES), ...figures('CPU', 'µs/request', 'cost', COSTS)];
};

/** Each once, each round in the other direction. */
async function once(proxies: Record<string, Process>, size: Size, round: number): Promise<Record<string, Measured>> {
  const measured: Record<string, Measured> = {};
  const order = Object.entries(proxies);
  for (const [name, proxy] of round % 2 === 0 ? order : order.toReversed()) {
    const before = proxy.cpuSeconds();
    const { requests, seconds } = await count(proxy.url, [small], size);
    measured[name] = { rate: requests / seconds, cost: ((proxy.cpuSeconds() - before) / requests) * 1e6 };
  }
  return measured;
}
