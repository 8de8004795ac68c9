import { compared, inTurn } from '../support/figures.ts';
import { load } from '../support/load.ts';
import { startApi, startPeer } from '../support/processes.ts';
import { type Bench, get } from './suite.ts';

/** A page of 20 items with stock totals, against a bare server with one prepared statement. */
export const list: Bench = async (suite) => {
  const url = await suite.shop();
  const [api, peer] = [await startApi(url), await startPeer('list-server', url)];
  const page = [get('/items?limit=20')];
  const pairs = await inTurn(suite.size.rounds, {
    ours: () => load(api.url, page, suite.size),
    peer: () => load(peer.url, page, suite.size),
  });
  await Promise.all([api.stop(), peer.stop()]);
  return [compared('page of 20 items with stock totals', 'pages/s', pairs, { atLeast: 0.8 })];
};
