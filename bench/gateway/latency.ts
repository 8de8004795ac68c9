import { compared } from '../support/figures.ts';
import { count } from '../support/load.ts';
import { pacedP99 } from '../support/paced.ts';
import { OURS, startAll, startUpstream, stopAll } from './proxies.ts';
import { type Bench, small } from './suite.ts';

/** What each proxy adds to the 99th percentile at half of the load that it can bear itself. */
export const latency: Bench = async (size) => {
  const upstream = await startUpstream();
  const proxies = await startAll(upstream.url);
  const added: Record<string, number[]> = {};
  for (const [name, { url }] of Object.entries(proxies)) {
    const { requests, seconds } = await count(url, [small], size);
    const paced = { ...size, perSecond: requests / seconds / 2 };
    added[name] = [];
    for (let round = 0; round < size.rounds; round++) {
      const direct = await pacedP99(upstream.url, small, paced);
      added[name].push((await pacedP99(url, small, paced)) - direct);
    }
  }
  await stopAll([...Object.values(proxies), upstream]);
  const peers = Object.keys(proxies).filter((name) => name !== OURS);
  return peers.map((name) => {
    const pairs = added[OURS]!.map((ours, round) => ({ ours, peer: added[name]![round]! }));
    return compared(`p99 added at half of its own load, against ${name}`, 'ms', pairs, {});
  });
};
