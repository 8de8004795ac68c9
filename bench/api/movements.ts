import { someItems } from '../support/catalogue.ts';
import { compared, inTurn } from '../support/figures.ts';
import { load } from '../support/load.ts';
import { startApi, startPeer } from '../support/processes.ts';
import { type Bench, issueOf, type Suite } from './suite.ts';

/** Movements of one line spread over items, against a bare server with the cheapest SQL that writes the same. */
export const spread: Bench = (suite) =>
  movements(suite, {
    what: 'movements of one line, spread over items',
    items: 5_000,
    peer: 'movement-server',
    atLeast: 0.6,
  });

/** Movements that all change one level, against the textbook's transaction. */
export const hot: Bench = (suite) =>
  movements(suite, { what: 'movements that all hit one level', items: 1, peer: 'textbook-server', atLeast: 3 });

async function movements(
  suite: Suite,
  { what, items: howMany, peer: name, atLeast }: { what: string; items: number; peer: string; atLeast: number },
) {
  const url = await suite.shop();
  const { items, location } = await someItems(url, howMany);
  const [api, peer] = [await startApi(url), await startPeer(name, url)];
  const issues = items.map((item) => issueOf(item, location));
  const pairs = await inTurn(suite.size.rounds, {
    ours: () => load(api.url, issues, suite.size),
    peer: () => load(peer.url, issues, suite.size),
  });
  await Promise.all([api.stop(), peer.stop()]);
  return [compared(what, 'movements/s', pairs, { atLeast })];
}
