import { figure } from '../support/figures.ts';
import { load } from '../support/load.ts';
import { startGateway } from '../support/processes.ts';
import { startUpstream } from './proxies.ts';
import { type Bench, small } from './suite.ts';

/** The largest resident set that the gateway ever has, its start included, with many connections that ask all the time. */
export const memory: Bench = async (size) => {
  const upstream = await startUpstream();
  const peaks: number[] = [];
  for (let round = 0; round < Math.min(size.rounds, 3); round++) {
    const gateway = await startGateway(upstream.url);
    await load(gateway.url, [small], { ...size, connections: size.manyConnections });
    peaks.push(gateway.peakMiB());
    await gateway.stop();
  }
  await upstream.stop();
  return [figure(`largest resident set at ${size.manyConnections} connections`, 'MiB', peaks, { atMost: 120 })];
};
