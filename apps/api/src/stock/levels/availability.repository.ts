import { Injectable } from '@nestjs/common';
import sql, { empty } from 'sql-template-tag';
import type { AvailabilityQuery } from '#contracts';
import { InputErrors } from '#service';
import { caseFolded } from '../../database/case-folded.ts';
import { Database } from '../../database/database.ts';
import { codesOf, idsOf, skusOf } from './references.ts';
import { OVERDUE } from './stock-filters.ts';

@Injectable()
export class AvailabilityRepository {
  constructor(private readonly database: Database) {}

  /** The contract's `Availabilities` as JSON text, of one moment. @throws Problem `invalid-fields` for an unknown location */
  async read({ items, locations }: AvailabilityQuery): Promise<string> {
    const here = locations && sql`AND level.location_id = ANY(ARRAY(SELECT id FROM place))`;
    const row = await this.database.one<{ json: string; unknown: number[] }>(sql`
      ${OVERDUE}, place AS MATERIALIZED (
        SELECT wanted.n, location.id
        FROM unnest(${idsOf(locations ?? [])}::uuid[], ${codesOf(locations ?? [])}::text[])
          WITH ORDINALITY AS wanted(id, code, n)
        LEFT JOIN location ON location.id = wanted.id OR location.code_key = ${caseFolded(sql`wanted.code`)}
      )
      SELECT json_build_object('items', json_agg(json_build_object(
               'item', CASE WHEN item.id IS NOT NULL THEN json_build_object('id', item.id, 'sku', item.sku, 'name', item.name) END,
               'onHand', stock.on_hand, 'reserved', stock.reserved, 'available', stock.on_hand - stock.reserved) ORDER BY wanted.n))::text AS json,
             ARRAY(SELECT n::int - 1 FROM place WHERE id IS NULL ORDER BY n) AS unknown
      FROM unnest(${idsOf(items)}::uuid[], ${skusOf(items)}::text[])
        WITH ORDINALITY AS wanted(id, sku, n)
      LEFT JOIN LATERAL (
        SELECT id, sku, name FROM item WHERE id = wanted.id
        UNION ALL SELECT id, sku, name FROM item WHERE sku_key = ${caseFolded(sql`wanted.sku`)}
      ) item ON true
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(level.on_hand), 0)::bigint AS on_hand,
               coalesce(sum(level.reserved - coalesce(overdue.quantity, 0)), 0)::bigint AS reserved
        FROM stock_level level LEFT JOIN overdue ON overdue.item_id = level.item_id AND overdue.location_id = level.location_id
        WHERE level.item_id = item.id ${here ?? empty}
      ) stock`);
    const errors = new InputErrors();
    for (const n of row.unknown) errors.add(`/locations/${n}`, 'there is no such location');
    if (errors.any) throw errors.toProblem('invalid-fields');
    return row.json;
  }
}
