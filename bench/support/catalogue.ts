import { using } from './database.ts';

/** On hand of each item at `MAIN`: more than any bench takes away. */
const PLENTY = 1_000_000_000;

const FIRST = [
  'Blue',
  'Red',
  'Oak',
  'Steel',
  'Glass',
  'Linen',
  'Copper',
  'Walnut',
  'Marble',
  'Cotton',
  'Bamboo',
  'Slate',
];
const SECOND = [
  'folding',
  'round',
  'tall',
  'heavy',
  'small',
  'double',
  'painted',
  'vintage',
  'garden',
  'travel',
  'stacking',
];
const THIRD = [
  'mug',
  'chair',
  'lantern',
  'basket',
  'hanger',
  'clock',
  'tray',
  'candle',
  'blanket',
  'shelf',
  'kettle',
  'frame',
  'bowl',
];

/** The n-th name has three of these words, so that one word is in a tenth of the names and three are in a thousandth. */
const word = (words: string[], every: number) => `(ARRAY['${words.join("','")}'])[1 + n / ${every} % ${words.length}]`;

/**
 * Fills an empty database with `items` items, each at two locations. By SQL alone, the slow indexes made afterwards:
 * how the rows came in is not what is measured.
 */
export const fillCatalogue = (url: string, items: number): Promise<void> =>
  using(url, async (client) => {
    // As a replica takes rows over: no trigger, no foreign key is asked.
    await client.query(
      `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '256MB'`,
    );
    await client.query('DROP INDEX item_by_word, item_by_name, item_by_category');
    await client.query(`
      INSERT INTO item (sku, name, barcode, category, unit_cost, reorder_point)
      SELECT 'SKU-' || lpad(n::text, 8, '0'),
             ${word(FIRST, 1)} || ' ' || ${word(SECOND, 12)} || ' ' || ${word(THIRD, 132)} || ' no. ' || n,
             lpad((n * 7919::bigint)::text, 13, '0'), 'Category ' || n % 40, n % 5000, n % 20
      FROM generate_series(1, ${items}) AS n`);
    await client.query(`INSERT INTO location (code, name) VALUES ('SHOP', 'Shop')`);
    await client.query(`
      INSERT INTO stock_level (item_id, location_id, on_hand)
      SELECT item.id, location.id, CASE code WHEN 'MAIN' THEN ${PLENTY} ELSE 7 END FROM item CROSS JOIN location`);
    await client.query(
      `INSERT INTO search_word SELECT lower(word) FROM unnest(ARRAY['${[...FIRST, ...SECOND, ...THIRD].join("','")}']) AS word`,
    );
    await client.query('CREATE INDEX item_by_word ON item USING gin (words)');
    await client.query('CREATE INDEX item_by_name ON item (name_key, id)');
    await client.query('CREATE INDEX item_by_category ON item (category, sku_key)');
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  });

/** The ids of some items, spread over the catalogue, and of the location that has plenty of them. */
export const someItems = (url: string, howMany: number): Promise<{ items: string[]; location: string }> =>
  using(url, async (client) => {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM item ORDER BY md5(sku) LIMIT $1', [howMany]);
    const main = await client.query<{ id: string }>(`SELECT id FROM location WHERE code = 'MAIN'`);
    return { items: rows.map(({ id }) => id), location: main.rows[0]!.id };
  });
