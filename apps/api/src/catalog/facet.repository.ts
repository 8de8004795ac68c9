import { Injectable } from '@nestjs/common';
import sql, { raw, type Sql } from 'sql-template-tag';
import { type Consistency, MAX_FACETS } from '#contracts';
import { Database } from '../database/database.ts';

const LIMIT = raw(String(MAX_FACETS));

/** The most frequent values, as JSON. @param values `SELECT … AS value FROM item …` */
const facet = (values: Sql): Sql => sql`
  (SELECT coalesce(json_agg(json_build_object('value', value, 'count', count) ORDER BY count DESC, value), '[]')
   FROM (SELECT value, count(*) AS count FROM (${values}) own WHERE value IS NOT NULL GROUP BY value ORDER BY count DESC, value LIMIT ${LIMIT}) most)`;

@Injectable()
export class FacetRepository {
  constructor(private readonly database: Database) {}

  /** The contract's `ItemFacets` as JSON text. */
  async read(consistency: Consistency): Promise<string> {
    const row = await this.database.source(consistency).one<{ json: string }>(sql`
      SELECT row_to_json(facets)::text AS json FROM (
        SELECT ${facet(sql`SELECT category AS value FROM item WHERE archived_at IS NULL`)} AS categories,
               ${facet(sql`SELECT unit AS value FROM item WHERE archived_at IS NULL`)} AS units,
               ${facet(sql`
                 SELECT attribute.name AS value FROM item, jsonb_object_keys(attributes) AS attribute(name)
                 WHERE archived_at IS NULL AND attributes <> '{}'`)} AS attributes
      ) facets`);
    return row.json;
  }
}
