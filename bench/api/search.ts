import type { Item, Page } from '#contracts';
import pg from 'pg';
import { compared, inTurn } from '../support/figures.ts';
import { startApi } from '../support/processes.ts';
import { AUTHORIZATION, type Bench } from './suite.ts';

/** One word that many items have, two, three, a beginning, a SKU. With each: what the words are to PostgreSQL. */
const SEARCHES = {
  kettle: `'kettle':*`,
  'walnut clock': `'walnut':* & 'clock':*`,
  'blue round lantern': `'blue':* & 'round':* & 'lantern':*`,
  'marb gard': `'marb':* & 'gard':*`,
  'SKU-00000777': `'sku':* & '00000777':*`,
};

/** The page that a search answers with, by itself: ranked, with stock totals. */
const TEXT = `
  SELECT json_agg(row_to_json(resource))::text AS page FROM (
    SELECT id, sku, name, description, barcode, category, unit, unit_cost, reorder_point, attributes, archived_at, version,
           created_at, updated_at, stock.*
    FROM (
      SELECT * FROM item WHERE archived_at IS NULL AND words @@ $1::tsquery
      ORDER BY -round((ts_rank(words, $1::tsquery)
        + CASE WHEN sku_key = fold_text($2) OR id = (SELECT item_id FROM item_barcode WHERE key = barcode_key($2)) THEN 1 ELSE 0 END)::numeric, 6)::double precision, sku_key
      LIMIT 20
    ) item
    CROSS JOIN LATERAL (SELECT sum(on_hand) AS on_hand, sum(reserved) AS reserved FROM stock_level WHERE item_id = item.id) stock
  ) resource`;

/** Searches through the API, against the SQL alone on one connection. Both find the same, or it is an error. */
export const search: Bench = async (suite) => {
  const url = await suite.shop();
  const api = await startApi(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();

  const ask = async (q: string) => {
    const response = await fetch(`${api.url}/api/v1/items?limit=20&q=${encodeURIComponent(q)}`, {
      headers: AUTHORIZATION,
    });
    return response.text();
  };
  const run = async (q: string, words: string) =>
    (await client.query<{ page: string }>({ name: 'search', text: TEXT, values: [words, q] })).rows[0]!.page;
  const skus = (items: Item[]) => items.map(({ sku }) => sku).join();
  const figures = [];
  for (const [q, words] of Object.entries(SEARCHES)) {
    const found = skus((JSON.parse(await ask(q)) as Page<Item>).items);
    if (found !== skus(JSON.parse(await run(q, words)) as Item[]))
      throw new Error(`"${q}" finds something else by SQL.`);
    const pairs = await inTurn(suite.size.rounds, {
      ours: () => meanMs(suite.size.seconds, () => ask(q)),
      peer: () => meanMs(suite.size.seconds, () => run(q, words)),
    });
    figures.push(compared(`search "${q}"`, 'ms', pairs, { atMost: 3 }));
  }
  await client.end();
  await api.stop();
  return figures;
};

/** One after the other. @returns milliseconds each */
async function meanMs(seconds: number, once: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  let times = 0;
  for (; performance.now() - begin < seconds * 1000; times++) await once();
  return (performance.now() - begin) / times;
}
