import { bodyOf, type OneLine, pool, serve } from './bare-server.ts';

// An issue of one line by the cheapest SQL that writes the same rows: one statement, one round trip.
const TEXT = `
  WITH level AS (
    UPDATE stock_level SET on_hand = on_hand - $3, updated_at = now()
    WHERE item_id = $1 AND location_id = $2 AND on_hand - reserved >= $3
    RETURNING item_id, location_id, on_hand
  ), document AS (
    INSERT INTO movement (id, type, actor_id)
    SELECT uuidv7(), 'issue', '00000000-0000-7000-8000-000000000000' FROM level RETURNING seq, id
  ), line AS (
    INSERT INTO movement_line (movement_seq, line_no, item_id, location_id, delta, on_hand_after)
    SELECT seq, 1, item_id, location_id, -$3, on_hand FROM document CROSS JOIN level
  )
  SELECT id, on_hand AS "onHandAfter" FROM document CROSS JOIN level`;

serve(201, async (request) => {
  const { item, location, quantity } = (await bodyOf<OneLine>(request)).lines[0];
  const { rows } = await pool.query({ name: 'issue', text: TEXT, values: [item, location, quantity] });
  if (rows.length === 0) throw new Error('not enough');
  return JSON.stringify(rows[0]);
});
