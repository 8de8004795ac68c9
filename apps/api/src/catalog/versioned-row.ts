import sql, { raw } from 'sql-template-tag';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';
import { requireMatch } from '../http/etag.ts';

/** What items and locations have in common: entries that are changed by version, and archived instead of deleted. */
export type Table = 'item' | 'location';

export const rowNotFound = (table: Table, id: string): Problem =>
  new Problem('not-found', `There is no ${table} ${id}.`);

/**
 * Locks an entry against other changes of its own fields; its stock may still move.
 * @returns whether it is archived
 * @throws Problem `not-found`; `precondition-failed` where `ifMatch` names another version
 */
export async function lockRow(tx: Queryable, table: Table, id: string, ifMatch?: string): Promise<boolean> {
  const row = await tx.first<{ version: number; archived: boolean }>(
    sql`SELECT version, archived_at IS NOT NULL AS archived FROM ${raw(table)} WHERE id = ${id} FOR NO KEY UPDATE`,
  );
  if (!row) throw rowNotFound(table, id);
  requireMatch(ifMatch, row.version);
  return row.archived;
}

/** The same for a change by a caller. @throws also Problem `conflict` where it is archived and is not restored by it */
export async function lockForUpdate(
  tx: Queryable,
  table: Table,
  id: string,
  { archived }: { archived?: false },
  ifMatch?: string,
): Promise<void> {
  if ((await lockRow(tx, table, id, ifMatch)) && archived !== false)
    throw new Problem('conflict', `The ${table} is archived. Restore it first, with {"archived": false}.`);
}

/** The caller of the last change as `updatedBy`, of one row of `page`. */
export const UPDATED_BY = sql`
  (SELECT json_build_object('id', id, 'kind', kind, 'name', name) FROM actor WHERE actor.id = page.updated_by) AS "updatedBy"`;
