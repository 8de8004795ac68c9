import type { Page } from '#contracts';
import { fillCatalogue } from '../support/catalogue.ts';
import { compared, inTurn } from '../support/figures.ts';
import { load } from '../support/load.ts';
import { startApi } from '../support/processes.ts';
import { AUTHORIZATION, type Bench, get } from './suite.ts';

/** A page behind a million rows, against the first page. */
export const depth: Bench = async ({ server, size }) => {
  const url = await server.create('deep');
  await fillCatalogue(url, size.million * 1.1);
  const api = await startApi(url);
  const cursor = await walk(api.url, size.million);
  const time = async (path: string) => 1000 / (await load(api.url, [get(path)], size));
  const pairs = await inTurn(size.rounds, {
    ours: () => time(`/items?limit=20&cursor=${cursor}`),
    peer: () => time('/items?limit=20'),
  });
  await api.stop();
  return [
    compared(`page at depth ${size.million.toLocaleString('en')}, against the first`, 'ms/page', pairs, {
      atMost: 1.2,
    }),
  ];
};

/** Goes through the list as a caller does. @returns the cursor behind so many rows */
async function walk(url: string, rows: number): Promise<string> {
  let cursor = '';
  for (let seen = 0; seen < rows; seen += 200) {
    const path = `${url}/api/v1/items?limit=200${cursor && `&cursor=${cursor}`}`;
    const page = (await (await fetch(path, { headers: AUTHORIZATION })).json()) as Page<object>;
    cursor = page.nextCursor!;
  }
  return cursor;
}
