import type pg from 'pg';
import { bodyOf, type OneLine, pool, serve } from './bare-server.ts';

// An issue of one line as the textbooks have it: lock the row, look, write, commit.
const prepared = (client: pg.PoolClient, name: string, text: string, values: unknown[]) =>
  client.query<{ onHand: string; seq: string; id: string }>({ name, text, values });

async function issue(client: pg.PoolClient, [{ item, location, quantity }]: OneLine['lines']): Promise<object> {
  const place = [item, location];
  const locked = await prepared(
    client,
    'lock',
    'SELECT on_hand AS "onHand" FROM stock_level WHERE item_id = $1 AND location_id = $2 FOR UPDATE',
    place,
  );
  const after = Number(locked.rows[0]!.onHand) - quantity;
  if (after < 0) throw new Error('not enough');
  await prepared(
    client,
    'level',
    'UPDATE stock_level SET on_hand = $3, updated_at = now() WHERE item_id = $1 AND location_id = $2',
    [...place, after],
  );
  const document = await prepared(
    client,
    'document',
    `INSERT INTO movement (id, type, actor_id) VALUES (uuidv7(), 'issue', $1) RETURNING seq, id`,
    ['00000000-0000-7000-8000-000000000000'],
  );
  const { seq, id } = document.rows[0]!;
  await prepared(
    client,
    'line',
    'INSERT INTO movement_line (movement_seq, line_no, item_id, location_id, delta, on_hand_after) VALUES ($1, 1, $2, $3, $4, $5)',
    [seq, ...place, -quantity, after],
  );
  return { id, onHandAfter: after };
}

serve(201, async (request) => {
  const { lines } = await bodyOf<OneLine>(request);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const answer = await issue(client, lines);
    await client.query('COMMIT');
    return JSON.stringify(answer);
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}); // prettier-ignore
