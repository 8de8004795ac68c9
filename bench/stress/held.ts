import { setTimeout as sleep } from 'node:timers/promises';
import { AUTHORIZATION, type Bench, issueOf } from '../api/suite.ts';
import { someItems } from '../support/catalogue.ts';
import { using } from '../support/database.ts';
import { compared, type Pair } from '../support/figures.ts';
import { load, type Request } from '../support/load.ts';
import { startApi } from '../support/processes.ts';

const SECONDS = 10;
/** Clients that want the held level meanwhile, half of them movements, half reservations. */
const WAITING = 40;

/** Movements of other items while another session holds the lock of one level, and clients wait for that level. */
export const held: Bench = async (suite) => {
  const url = await suite.shop();
  const { items, location } = await someItems(url, 1_001);
  const [item, ...others] = items as [string, ...string[]];
  const api = await startApi(url);
  const requests = others.map((other) => issueOf(other, location));
  const options = { ...suite.size, seconds: SECONDS };
  const pairs: Pair[] = [];
  await load(api.url, requests, { ...options, seconds: 2 });
  for (let round = 0; round < Math.min(3, suite.size.rounds); round++) {
    const peer = await load(api.url, requests, options);
    const ours = await whileHeld(url, item, async () => {
      const waiting = startWaiting(api.url, item, location);
      const rate = await load(api.url, requests, options);
      await waiting.stop();
      return rate;
    });
    pairs.push({ ours, peer });
  }
  await api.stop();
  return [
    compared(`movements of other items while a level is locked for ${SECONDS} s`, 'movements/s', pairs, {
      atLeast: 0.8,
    }),
  ];
};

const whileHeld = <T>(url: string, item: string, work: () => Promise<T>): Promise<T> =>
  using(url, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT FROM stock_level WHERE item_id = $1 FOR UPDATE', [item]);
    return work();
  });

/** Each sends its request again, a second after it was refused. */
function startWaiting(url: string, item: string, location: string): { stop: () => Promise<void> } {
  let isOver = false;
  const movement = issueOf(item, location);
  const reservation: Request = {
    ...movement,
    path: '/api/v1/reservations',
    body: JSON.stringify({ lines: [{ item, location, quantity: 1 }] }),
  };
  const clients = Array.from({ length: WAITING }, async (_, n) => {
    const { path, method, headers, body } = n % 2 ? movement : reservation;
    while (!isOver) {
      const response = await fetch(url + path, { method, headers: { ...AUTHORIZATION, ...headers }, body: body! });
      await response.arrayBuffer();
      if (response.status !== 503 && !isOver) throw new Error(`${path} answered ${response.status}, not 503.`);
      await sleep(1_000);
    }
  });
  return {
    async stop() {
      isOver = true;
      await Promise.all(clients);
    },
  };
}
