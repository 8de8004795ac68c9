import { type Bench, get, issueOf } from '../api/suite.ts';
import { someItems } from '../support/catalogue.ts';
import { compared, figure, type Pair } from '../support/figures.ts';
import { load } from '../support/load.ts';
import { startApi } from '../support/processes.ts';

/** Clients that sign in without pause, each with other credentials. */
const FLOOD = 100;

/** Normal work beside a flood of sign-ins with passwords that have to be compared. */
export const signIns: Bench = async (suite) => {
  const url = await suite.shop();
  const { items, location } = await someItems(url, 1_000);
  const api = await startApi(url);
  const work = items.flatMap((item) => [get('/items?limit=20'), issueOf(item, location)]);
  const pairs: Pair[] = [];
  const statuses = new Map<number, number>();
  await load(api.url, work, suite.size);
  for (let round = 0; round < suite.size.rounds; round++) {
    const peer = await load(api.url, work, suite.size);
    const flood = startFlood(api.url, statuses);
    const ours = await load(api.url, work, suite.size);
    await flood.stop();
    pairs.push({ ours, peer });
  }
  const peak = api.peakMiB();
  await api.stop();
  const all = [...statuses.values()].reduce((one, other) => one + other, 0);
  const refused = (statuses.get(429) ?? 0) + (statuses.get(503) ?? 0);
  return [
    compared(`pages and movements beside a flood of sign-ins, against the same without`, 'requests/s', pairs, {
      atLeast: 0.5,
    }),
    figure('sign-ins refused at once with 429 or 503, of all', '', [refused / all], {}),
    figure('largest resident set', 'MiB', [peak], { atMost: 256 }),
  ];
};

function startFlood(url: string, statuses: Map<number, number>): { stop: () => Promise<void> } {
  let isOver = false;
  const clients = Array.from({ length: FLOOD }, async (_, n) => {
    for (let turn = 0; !isOver; turn++) {
      const response = await fetch(`${url}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: `person-${n}-${turn}@example.com`, password: `a wrong password ${turn}` }),
      });
      await response.arrayBuffer();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    }
  });
  return {
    async stop() {
      isOver = true;
      await Promise.all(clients);
    },
  };
}
