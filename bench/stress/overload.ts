import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, get, issueOf } from '../api/suite.ts';
import { someItems } from '../support/catalogue.ts';
import { compared, figure, type Pair } from '../support/figures.ts';
import { load, offer, type Request } from '../support/load.ts';
import { startApi } from '../support/processes.ts';
import { probeHealth } from './health-probe.ts';

/** Where the best rate is looked for. */
const CONNECTIONS = [32, 64, 128];
const TIMES = 10;
/** Each sends a request, waits for the response, and rests until its next one is due. */
const CLIENTS = 2_000;
/** So long that the first seconds, in which every client is refused once, weigh little. */
const SECONDS = 15;

/** Ten times the load at which the rate is best, from many connections in an open loop. */
export const overload: Bench = async (suite) => {
  const url = await suite.shop();
  const { items, location } = await someItems(url, 1_000);
  const kinds: Record<string, Request[]> = {
    'pages of 20 items': [get('/items?limit=20')],
    'movements of one line, spread over items': items.map((item) => issueOf(item, location)),
  };
  const figures = [];
  for (const [what, requests] of Object.entries(kinds))
    figures.push(...(await overloadWith(url, what, requests, { ...suite.size, seconds: SECONDS })));
  return figures;
};

async function overloadWith(
  database: string,
  what: string,
  requests: Request[],
  size: { rounds: number; seconds: number },
) {
  const api = await startApi(database);
  const best: number[] = [];
  for (const connections of CONNECTIONS) best.push(await load(api.url, requests, { ...size, connections }));
  const connections = CONNECTIONS[best.indexOf(Math.max(...best))]!;
  const pairs: Pair[] = [];
  const [offered, refusedShare, broken, health] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  for (let round = 0; round < size.rounds; round++) {
    const peer = await load(api.url, requests, { ...size, connections });
    const probe = probeHealth(api.url);
    const counted = await offer(api.url, requests, {
      ...size,
      connections: CLIENTS,
      pauseMs: Math.round((1000 * CLIENTS) / (TIMES * peer)),
    });
    health.push(await probe.stop());
    offered.push(counted.requests / counted.seconds / peer);
    refusedShare.push(counted.refusals / counted.requests);
    broken.push(counted.failures - counted.refusals);
    pairs.push({ ours: (counted.requests - counted.failures) / counted.seconds, peer });
    await sleep(11_000); // What was cut off with the load ends; refused connections are read again after 10 s at most.
  }
  const peak = api.peakMiB();
  await api.stop();
  return [
    compared(`${what}: served at ${TIMES} × the best rate, against the best rate`, 'requests/s', pairs, {
      atLeast: 0.8,
    }),
    figure(`${what}: offered, in times of the best rate`, '', offered, {}),
    figure(`${what}: refused with 503, of all`, '', refusedShare, {}),
    figure(`${what}: connections that broke`, '', broken, { atMost: 0 }),
    figure(`${what}: 99th percentile of health checks meanwhile`, 'ms', health, { atMost: 100 }),
    figure(`${what}: largest resident set`, 'MiB', [peak], { atMost: 256 }),
  ];
}
