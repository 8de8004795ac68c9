import type pg from 'pg';
import { firstOf } from '../database/first-of.ts';
import { type Check, checks } from './reconcile-checks.ts';

/** Where the stock is not what the ledger says. What is not known by name shows its id; what does not apply is null. */
export interface Difference {
  sku: string | null;
  location: string | null;
  movement: string | null;
  line: number | null;
  found: string;
  expected: string;
}

export interface ReconcileObserver {
  /** A check begins, on so many rows. */
  onCheck(check: Check, rows: number): void;
  onDifference(difference: Difference): void;
}

const FETCH = 500;

/**
 * Proves that the levels are what the ledger and the reservations say, on one snapshot of the database while it works on.
 * Differences are read through a cursor, so that any number of them takes the same memory. Repairs nothing.
 * @returns how many differences there are
 */
export async function reconcile(pool: pg.Pool, listener: ReconcileObserver): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query('SET LOCAL statement_timeout = 0');
    let differences = 0;
    for (const check of checks) {
      const { rows } = await client.query<{ count: string }>(check.count);
      listener.onCheck(check, Number(firstOf(rows).count));
      differences += await run(client, check, listener);
    }
    return differences;
  } finally {
    // Ending the connection ends the transaction, which has nothing to keep.
    client.release(true);
  }
}

async function run(client: pg.PoolClient, { broken }: Check, listener: ReconcileObserver): Promise<number> {
  await client.query(`DECLARE differences NO SCROLL CURSOR FOR
    SELECT coalesce(item.sku, item_id::text) AS sku, coalesce(location.code, location_id::text) AS location,
           coalesce(movement.id::text, movement_seq::text) AS movement, line_no AS line, found, expected
    FROM (${broken}) broken
    LEFT JOIN item ON item.id = item_id LEFT JOIN location ON location.id = location_id LEFT JOIN movement ON movement.seq = movement_seq`);
  let count = 0;
  for (let fetched = FETCH; fetched === FETCH; count += fetched) {
    const { rows } = await client.query<Difference>(`FETCH ${FETCH} FROM differences`);
    rows.forEach((row) => listener.onDifference(row));
    fetched = rows.length;
  }
  await client.query('CLOSE differences');
  return count;
}
