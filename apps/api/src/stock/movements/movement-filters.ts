import sql, { type Sql } from 'sql-template-tag';
import type { MovementFilters } from '#contracts';
import { filters } from '../../lists/keyset.ts';

/** Conditions on a row of `movement`. */
export const movementFilters = (query: MovementFilters): Sql[] =>
  filters(
    query.type !== undefined && sql`movement.type = ${query.type}`,
    query.itemId !== undefined &&
      sql`movement.seq IN (SELECT movement_seq FROM movement_line WHERE item_id = ${query.itemId})`,
    query.locationId !== undefined &&
      sql`movement.seq IN (SELECT movement_seq FROM movement_line WHERE location_id = ${query.locationId})`,
    query.actorId !== undefined && sql`movement.actor_id = ${query.actorId}`,
    query.reference !== undefined && sql`movement.reference = ${query.reference}`,
    query.from !== undefined && sql`movement.created_at >= ${query.from}::timestamptz`,
    query.to !== undefined && sql`movement.created_at < ${query.to}::timestamptz`,
  );
