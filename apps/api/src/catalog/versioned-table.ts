import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Queryable } from '../database/database.ts';
import type { Table } from './versioned-row.ts';

const SET_ARCHIVED = sql`archived_at = now()`;
const SET_RESTORED = sql`archived_at = NULL`;

/** Writes the rows of items or of locations; each change counts the version up and keeps who did it. */
export class VersionedTable<Fields extends object> {
  /** @param columns the column of each field that a caller sets */
  constructor(
    private readonly name: Table,
    private readonly columns: Record<keyof Fields, string>,
  ) {}

  /** @returns the id of the new row */
  async insert(tx: Queryable, actorId: string, fields: Fields): Promise<string> {
    const all: [Sql, Sql][] = [...this.valuesOf(fields), [sql`updated_by`, sql`${actorId}`]];
    const row = await tx.one<{ id: string }>(sql`
      INSERT INTO ${raw(this.name)} (${join(all.map(([column]) => column))}) VALUES (${join(all.map(([, value]) => value))})
      RETURNING id`);
    return row.id;
  }

  /** @param changes where `archived` is false, the row is restored */
  async update(
    tx: Queryable,
    actorId: string,
    id: string,
    changes: Partial<Fields> & { archived?: false },
  ): Promise<void> {
    const sets = this.valuesOf(changes).map(([column, value]) => sql`${column} = ${value}`);
    await this.set(tx, actorId, id, changes.archived === false ? [...sets, SET_RESTORED] : sets);
  }

  async archive(tx: Queryable, actorId: string, id: string): Promise<void> {
    await this.set(tx, actorId, id, [SET_ARCHIVED]);
  }

  private async set(tx: Queryable, actorId: string, id: string, sets: Sql[]): Promise<void> {
    const all = [...sets, sql`version = version + 1`, sql`updated_at = now()`, sql`updated_by = ${actorId}`];
    await tx.query(sql`UPDATE ${raw(this.name)} SET ${join(all)} WHERE id = ${id}`);
  }

  /** The columns that a caller set, each with its value. */
  private valuesOf(fields: Partial<Fields>): [Sql, Sql][] {
    return (Object.entries(this.columns) as [keyof Fields, string][])
      .map(([field, column]) => [raw(column), fields[field]] as const)
      .filter(([, value]) => value !== undefined)
      .map(([column, value]) => [column, sql`${storedForm(value)}`]);
  }
}

/** An object goes into a `jsonb` column. Text is stored in NFC: two spellings of one accented letter are one. */
const storedForm = (value: unknown): unknown => {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(storedForm);
  return typeof value === 'object' && value !== null ? JSON.stringify(value).normalize('NFC') : value;
};
