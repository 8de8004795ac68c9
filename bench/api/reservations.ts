import { someItems } from '../support/catalogue.ts';
import { compared, inTurn } from '../support/figures.ts';
import { load } from '../support/load.ts';
import { startApi } from '../support/processes.ts';
import { type Bench, holdOf, issueOf, type Suite } from './suite.ts';

/** Reservations of one line spread over items, against movements of the same items. */
export const holdSpread: Bench = (suite) => reservations(suite, 'reservations of one line, spread over items', 5_000);

/** Reservations that all hold of one level, against movements that all hit it. */
export const holdHot: Bench = (suite) => reservations(suite, 'reservations that all hold of one level', 1);

async function reservations(suite: Suite, what: string, howMany: number) {
  const url = await suite.shop();
  const { items, location } = await someItems(url, howMany);
  const api = await startApi(url);
  const [holds, issues] = [holdOf, issueOf].map((requestOf) => items.map((item) => requestOf(item, location)));
  const pairs = await inTurn(suite.size.rounds, {
    ours: () => load(api.url, holds!, suite.size),
    peer: () => load(api.url, issues!, suite.size),
  });
  await api.stop();
  return [compared(what, 'reservations/s', pairs, { atLeast: 0.8 })];
}
