import { expect } from '@jest/globals';
import sql from 'sql-template-tag';
import type { Database } from '../../src/database/database.ts';

/** Every level is the sum of its lines, each line's running total is right, and what is reserved is what is held. */
export async function expectLedgerToHold(database: Database): Promise<void> {
  expect(await database.query(LEVELS_THAT_DIFFER)).toEqual([]);
  expect(await database.query(LINES_THAT_DIFFER)).toEqual([]);
}

const LEVELS_THAT_DIFFER = sql`
  SELECT * FROM stock_level
  LEFT JOIN (SELECT item_id, location_id, sum(delta) AS booked FROM movement_line GROUP BY 1, 2) lines USING (item_id, location_id)
  LEFT JOIN (
    SELECT item_id, location_id, sum(quantity) AS held FROM reservation_line
    JOIN reservation ON reservation.id = reservation_id AND state = 'held' GROUP BY 1, 2
  ) holds USING (item_id, location_id)
  WHERE on_hand <> coalesce(booked, 0) OR reserved <> coalesce(held, 0)`;

const LINES_THAT_DIFFER = sql`
  SELECT * FROM (
    SELECT movement_line.*, sum(delta) OVER (PARTITION BY item_id, location_id ORDER BY movement_seq, line_no) AS running FROM movement_line
  ) lines WHERE running <> on_hand_after`;
