import { randomUUID } from 'node:crypto';
import { AUTHORIZATION, issueOf } from '../api/suite.ts';
import type { Tally } from './tally.ts';

export interface Ask {
  path: string;
  status: number;
  init?: RequestInit;
}

/** Nothing but a request that waits in line behind others takes this long. */
const SLOW_MS = 5_000;

/** What is asked in turn: reads, a miss, a refusal, writes. */
export const asksFor = (item: string, location: string): (() => Ask)[] => [
  () => ({ path: '/api/v1/items?limit=20', status: 200 }),
  () => ({ path: `/api/v1/items/${item}`, status: 200 }),
  () => ({ path: '/api/v1/items?limit=200', status: 200 }),
  () => ({ path: '/api/v1/items/00000000-0000-7000-8000-000000000000', status: 404 }),
  () => ({ path: '/api/v1/items?unheard=of', status: 400 }),
  () => {
    const { path, body, method, headers } = issueOf(item, location);
    return {
      path,
      status: 201,
      init: { method, body: body!, headers: { ...headers, 'idempotency-key': randomUUID() } },
    };
  },
  () => ({ path: '/version', status: 200 }),
];

/**
 * Asks one after the other until `over`.
 * @param mayBeAway whether the API may be unreachable at this moment: then 502 and 503 are right too
 */
export async function ask(
  url: string,
  asks: (() => Ask)[],
  tally: Tally,
  { over, mayBeAway }: { over: () => boolean; mayBeAway: () => boolean },
): Promise<void> {
  for (let turn = 0; !over(); turn++) {
    const { path, status, init } = asks[turn % asks.length]!();
    const begin = performance.now();
    const awayBefore = mayBeAway();
    try {
      const answer = await fetch(url + path, { headers: AUTHORIZATION, ...init });
      await answer.arrayBuffer();
      const away = awayBefore || mayBeAway();
      if (answer.status >= 400 && answer.headers.get('content-type') !== 'application/problem+json; charset=utf-8')
        tally.fail(`${answer.status} that is no problem+json`);
      if (answer.status !== status && !(away && [502, 503].includes(answer.status)))
        tally.fail(`${answer.status} instead of ${status} for ${path.split('?', 1)[0]}`);
      if (!away && performance.now() - begin > SLOW_MS) tally.fail(`more than ${SLOW_MS} ms for a healthy request`);
      tally.served++;
    } catch (error) {
      tally.fail(`no answer: ${String((error as Error).cause ?? error)}`);
    }
  }
}
