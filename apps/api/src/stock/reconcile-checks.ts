/** One thing that must be true of each row of a table. */
export interface Check {
  /** What is looked at, and what must be true of each. */
  rows: string;
  rule: string;
  count: string;
  /** Rows of `item_id, location_id, movement_seq, line_no, found, expected`, one for each that breaks the rule. */
  broken: string;
}

const NO_LINE = 'NULL::bigint AS movement_seq, NULL::integer AS line_no';

export const checks: Check[] = [
  {
    rows: 'levels',
    rule: 'what is on hand is the sum of the lines in the ledger',
    count: 'SELECT count(*) FROM stock_level',
    broken: `
      SELECT item_id, location_id, ${NO_LINE}, coalesce(level.on_hand, 0)::text AS found, coalesce(ledger.on_hand, 0)::text AS expected
      FROM stock_level level
      FULL JOIN (SELECT item_id, location_id, sum(delta) AS on_hand FROM movement_line GROUP BY item_id, location_id) ledger
        USING (item_id, location_id)
      WHERE coalesce(level.on_hand, 0) <> coalesce(ledger.on_hand, 0)`,
  },
  {
    rows: 'levels',
    rule: 'what is reserved is the sum of the reservations that are held',
    count: 'SELECT count(*) FROM stock_level',
    broken: `
      SELECT item_id, location_id, ${NO_LINE}, coalesce(level.reserved, 0)::text AS found, coalesce(held.quantity, 0)::text AS expected
      FROM stock_level level
      FULL JOIN (
        SELECT line.item_id, line.location_id, sum(line.quantity) AS quantity
        FROM reservation JOIN reservation_line line ON line.reservation_id = reservation.id
        WHERE reservation.state = 'held' GROUP BY line.item_id, line.location_id
      ) held USING (item_id, location_id)
      WHERE coalesce(level.reserved, 0) <> coalesce(held.quantity, 0)`,
  },
  {
    // Line by line, so that one wrong line is one difference and not every line after it as well.
    rows: 'lines',
    rule: 'each leaves on hand what the one before it left, and its own change',
    count: 'SELECT count(*) FROM movement_line',
    broken: `
      SELECT item_id, location_id, movement_seq, line_no, on_hand_after::text AS found, expected::text AS expected
      FROM (
        SELECT *, delta + coalesce(lag(on_hand_after) OVER (
          PARTITION BY item_id, location_id ORDER BY movement_seq, line_no), 0) AS expected
        FROM movement_line
      ) line WHERE on_hand_after <> expected`,
  },
  {
    rows: 'lines',
    rule: 'the movement, the item and the location of each exist',
    count: 'SELECT count(*) FROM movement_line',
    broken: `
      SELECT line.item_id, line.location_id, line.movement_seq, line.line_no,
             concat_ws(' and ', CASE WHEN movement.seq IS NULL THEN 'no movement' END, CASE WHEN item.id IS NULL THEN 'no item' END,
               CASE WHEN location.id IS NULL THEN 'no location' END) AS found, 'one of each' AS expected
      FROM movement_line line
      LEFT JOIN movement ON movement.seq = line.movement_seq
      LEFT JOIN item ON item.id = line.item_id
      LEFT JOIN location ON location.id = line.location_id
      WHERE movement.seq IS NULL OR item.id IS NULL OR location.id IS NULL`,
  },
  {
    rows: 'movements',
    rule: 'each has a line',
    count: 'SELECT count(*) FROM movement',
    broken: `
      SELECT NULL::uuid AS item_id, NULL::uuid AS location_id, seq AS movement_seq, NULL::integer AS line_no, 'no line' AS found,
             'a line' AS expected
      FROM movement WHERE NOT EXISTS (SELECT FROM movement_line line WHERE line.movement_seq = movement.seq)`,
  },
];
