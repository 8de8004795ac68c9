import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';

/** What other parts of the API may ask about stock. */
@Injectable()
export class StockService {
  /**
   * Takes away the levels of an item, or of a location, that is about to be archived. The caller has locked its row.
   * @throws Problem `conflict` while one of them holds stock or reservations
   */
  async deleteEmptyLevels(tx: Queryable, of: { itemId: string } | { locationId: string }): Promise<void> {
    const mine: Sql = 'itemId' in of ? sql`item_id = ${of.itemId}` : sql`location_id = ${of.locationId}`;
    const held = await tx.first<{ onHand: string; reserved: string }>(sql`
      SELECT sum(on_hand) AS "onHand", sum(reserved) AS reserved FROM (
        SELECT on_hand, reserved FROM stock_level WHERE ${mine} ORDER BY item_id, location_id FOR UPDATE
      ) levels HAVING sum(on_hand) > 0 OR sum(reserved) > 0`);
    if (held)
      throw new Problem(
        'conflict',
        `It still has stock: ${held.onHand} on hand, ${held.reserved} reserved. Move or count it down first.`,
      );
    await tx.query(sql`DELETE FROM stock_level WHERE ${mine}`);
  }
}
