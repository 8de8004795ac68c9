import { compared } from '../support/figures.ts';
import { count } from '../support/load.ts';
import { pacedP99 } from '../support/paced.ts';
import { OURS, startAll, startUpstream, stopAll } from './proxies.ts';
import { type Bench, small } from './suite.ts';

/**
 * What each proxy adds to the 99th percentile, all at one pace: half of what the slowest of them can bear. At half of what
 * the fastest can, the generator of the load would be what is measured.
 */
export const latency: Bench = async (size) => {
  const upstream = await startUpstream();
  const proxies = await startAll(upstream.url);
  const rates: number[] = [];
  for (const { url } of Object.values(proxies)) {
    const { requests, seconds } = await count(url, [small], size);
    rates.push(requests / seconds);
  }
  const paced = { ...size, perSecond: Math.round(Math.min(...rates) / 2) };
  const rounds: Record<string, number>[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const direct = await pacedP99(upstream.url, small, paced);
    const added: Record<string, number> = {};
    for (const [name, { url }] of Object.entries(proxies)) added[name] = (await pacedP99(url, small, paced)) - direct;
    rounds.push(added);
  }
  await stopAll([...Object.values(proxies), upstream]);
  const peers = Object.keys(proxies).filter((name) => name !== OURS);
  return peers.map((name) => {
    const pairs = rounds.map((added) => ({ ours: added[OURS]!, peer: added[name]! }));
    return compared(`p99 added at ${paced.perSecond} requests/s, against ${name}`, 'ms', pairs, {});
  });
};
