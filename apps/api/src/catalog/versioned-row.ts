import sql, { join, raw, type Sql } from 'sql-template-tag';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';
import { requireMatch } from '../http/etag.ts';

/** What items and locations have in common: entries that are changed by version, and archived instead of deleted. */
export type Table = 'item' | 'location';

export const SET_ARCHIVED = sql`archived_at = now()`;
export const SET_RESTORED = sql`archived_at = NULL`;

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

/** Sets columns, counts the version up, and keeps who did it. */
export async function updateRow(
  tx: Queryable,
  table: Table,
  { id, actorId }: { id: string; actorId: string },
  sets: Sql[],
): Promise<void> {
  const all = [...sets, sql`version = version + 1`, sql`updated_at = now()`, sql`updated_by = ${actorId}`];
  await tx.query(sql`UPDATE ${raw(table)} SET ${join(all)} WHERE id = ${id}`);
}

/** The caller of the last change as `updatedBy`, of one row of `page`. */
export const UPDATED_BY = sql`
  (SELECT json_build_object('id', id, 'kind', kind, 'name', name) FROM actor WHERE actor.id = page.updated_by) AS "updatedBy"`;

/** The columns that a caller set, each with its value. `columns` names the column of each field. */
export function columnValues(columns: Record<string, string>, fields: object): [Sql, Sql][] {
  return Object.entries(columns)
    .map(([field, column]) => [raw(column), (fields as Record<string, unknown>)[field]] as const)
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => [column, sql`${isObject(value) ? JSON.stringify(value) : value}`]);
}

export const assignments = (values: [Sql, Sql][]): Sql[] => values.map(([column, value]) => sql`${column} = ${value}`);

/** An object goes into a `jsonb` column. */
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** @returns the id of the new entry */
export async function insertRow(tx: Queryable, table: Table, actorId: string, values: [Sql, Sql][]): Promise<string> {
  const all = [...values, [sql`updated_by`, sql`${actorId}`] as const];
  const row = await tx.first<{ id: string }>(sql`
    INSERT INTO ${raw(table)} (${join(all.map(([column]) => column))}) VALUES (${join(all.map(([, value]) => value))})
    RETURNING id`);
  return row!.id;
}
