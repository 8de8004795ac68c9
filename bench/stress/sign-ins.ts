import { type Bench, get, issueOf } from '../api/suite.ts';
import { someItems } from '../support/catalogue.ts';
import { compared, figure, type Pair } from '../support/figures.ts';
import { type Load, load, offer, type Request } from '../support/load.ts';
import { startApi } from '../support/processes.ts';

/** Clients that sign in with other credentials each time, and how long each rests after a response: at most 500 a second. */
const FLOOD = { connections: 100, pauseMs: 200 };

/** Normal work beside a flood of sign-ins with passwords that have to be compared. */
export const signIns: Bench = async (suite) => {
  const url = await suite.shop();
  const { items, location } = await someItems(url, 1_000);
  const api = await startApi(url);
  const work = items.flatMap((item) => [get('/items?limit=20'), issueOf(item, location)]);
  const guesses = Array.from({ length: 10_000 }, (_, n) => guess(n));
  const pairs: Pair[] = [];
  const floods: Load[] = [];
  await load(api.url, work, suite.size);
  for (let round = 0; round < suite.size.rounds; round++) {
    const peer = await load(api.url, work, suite.size);
    const [ours, flood] = await Promise.all([
      load(api.url, work, suite.size),
      offer(api.url, guesses, { ...suite.size, ...FLOOD }),
    ]);
    floods.push(flood);
    pairs.push({ ours, peer });
  }
  const peak = api.peakMiB();
  await api.stop();
  return [
    compared('pages and movements beside a flood of sign-ins, against the same without', 'requests/s', pairs, {
      atLeast: 0.5,
    }),
    figure(
      'sign-ins meanwhile',
      'requests/s',
      floods.map(({ requests, seconds }) => requests / seconds),
      {},
    ),
    figure(
      'connections that broke',
      '',
      floods.map(({ failures, refusals }) => failures - refusals),
      { atMost: 0 },
    ),
    figure('largest resident set', 'MiB', [peak], { atMost: 256 }),
  ];
};

const guess = (n: number): Request => ({
  method: 'POST',
  path: '/api/v1/sessions',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ email: `person-${n}@example.com`, password: `a wrong password ${n}` }),
});
