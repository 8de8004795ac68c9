import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';
import { MAX_ON_HAND } from './ledger/apply.ts';

export interface OpeningReceipt {
  reference: string;
  actorId: string;
  /** One line of the ledger each, in order. */
  lines: { itemId: string; locationId: string; quantity: number }[];
}

/** Receives stock of thousands of items at once, levels that do not exist yet among them. */
@Injectable()
export class OpeningStock {
  /**
   * Books one receipt. The caller's transaction holds the items and the locations, so that none is archived meanwhile;
   * the levels are locked here, in the one order.
   * @throws Problem `conflict` past the largest level
   */
  async receive(tx: Queryable, { reference, actorId, lines }: OpeningReceipt): Promise<void> {
    if (lines.length === 0) return;
    const most = await tx.first<{ onHand: string }>(sql`
      WITH line AS MATERIALIZED (
        SELECT * FROM unnest(${lines.map(({ itemId }) => itemId)}::uuid[], ${lines.map(({ locationId }) => locationId)}::uuid[],
          ${lines.map(({ quantity }) => quantity)}::bigint[]) WITH ORDINALITY AS line(item_id, location_id, quantity, n)
      ), level AS (
        INSERT INTO stock_level (item_id, location_id, on_hand)
        SELECT item_id, location_id, sum(quantity) FROM line GROUP BY item_id, location_id ORDER BY item_id, location_id
        ON CONFLICT (item_id, location_id) DO UPDATE
        SET on_hand = stock_level.on_hand + excluded.on_hand, updated_at = now()
        RETURNING item_id, location_id, on_hand
      ), document AS (
        -- Counting them means that all levels are locked before the movement takes its number.
        INSERT INTO movement (id, type, reference, actor_id)
        SELECT ${randomUUIDv7()}::uuid, 'receipt', ${reference}, ${actorId}::uuid FROM (SELECT count(*) FROM level) locked
        RETURNING seq
      ), written AS (
        INSERT INTO movement_line (movement_seq, line_no, item_id, location_id, delta, on_hand_after)
        SELECT document.seq, line.n, line.item_id, line.location_id, line.quantity,
               level.on_hand + line.quantity
                 - sum(line.quantity) OVER (PARTITION BY line.item_id, line.location_id ORDER BY line.n DESC)
        FROM document CROSS JOIN line
        JOIN level ON level.item_id = line.item_id AND level.location_id = line.location_id
      )
      SELECT max(on_hand) AS "onHand" FROM level`);
    if (Number(most!.onHand) > MAX_ON_HAND)
      throw new Problem('conflict', `No more than ${MAX_ON_HAND} of an item can be at one location.`);
  }
}
