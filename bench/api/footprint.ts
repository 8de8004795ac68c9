import { someItems } from '../support/catalogue.ts';
import { figure } from '../support/figures.ts';
import { load } from '../support/load.ts';
import { startApi } from '../support/processes.ts';
import { type Bench, get, issueOf } from './suite.ts';

/** How long the API takes to start on a migrated database, and how much memory it takes under load. */
export const footprint: Bench = async (suite) => {
  const url = await suite.shop();
  const { items, location } = await someItems(url, 5_000);
  const ready: number[] = [];
  const peaks: number[] = [];
  for (let round = 0; round < Math.min(suite.size.rounds, 5); round++) {
    const api = await startApi(url);
    ready.push(api.readyMs / 1000);
    await load(api.url, [get('/items?limit=20')], suite.size);
    await load(
      api.url,
      items.map((item) => issueOf(item, location)),
      suite.size,
    );
    peaks.push(api.peakMiB());
    await api.stop();
  }
  return [
    figure('from spawn to ready on a migrated database', 's', ready, { atMost: 1.5 }),
    figure('largest resident set under lists and movements', 'MiB', peaks, { atMost: 180 }),
  ];
};
