import sql, { empty, join, type Sql, raw } from 'sql-template-tag';
import { COUNT_CAP, isTime, type ListQuery } from '#contracts';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';

/** One column that rows are ordered by. */
export interface Key {
  column: Sql;
  type: 'text' | 'uuid' | 'bigint' | 'double precision' | 'timestamptz';
}

/** A list whose pages are found by the last row's key, never by counting rows: page 10,000 costs what page 1 costs. */
export interface Keyset {
  /** `WITH …`, where `from`, `where` or `resource` need one. */
  with?: Sql;
  /** `FROM …` with its joins, for the rows of the list. */
  from: Sql;
  /** Conditions, all of which hold. */
  where: Sql[];
  /** What the rows are ordered by; the last key makes the order total. All go the same way. */
  keys: Key[];
  descending: boolean;
  /** Names the order, so that a cursor is refused where it comes from another one. */
  order: string;
  /** What the pages that follow must know of this one: see `carriedBy`. */
  carried?: object;
  /** The columns that `resource` reads. */
  columns: Sql;
  /** `SELECT …` of one row of `page` as the response shows it; its column names are the JSON's. */
  resource: Sql;
}

/** A page of larger rows has fewer of them, and its cursor leads on: some requests at once must not fill the memory. */
const MAX_PAGE_BYTES = 1024 * 1024;

/**
 * One page as JSON text `{items, nextCursor, count?, countIsCapped?}`, its items built by PostgreSQL.
 * @throws Problem `invalid-parameters` where the cursor is not one of this list's
 */
export async function readPage(database: Queryable, query: ListQuery, list: Keyset): Promise<string> {
  const { limit, cursor, count, consistency } = query;
  const db = consistency === 'eventual' ? (database.eventual ?? database) : database;
  const { from, keys, descending } = list;
  const after = cursor === undefined ? [] : [afterCursor(cursor, list)];
  const direction = raw(descending ? 'DESC' : 'ASC');
  // Written into the statement, not bound to it: PostgreSQL plans a page well only where it knows how short it is.
  const rows = raw(String(limit));
  const { items, last, more } = await db.one<{ items: string | null; last: unknown[] | null; more: boolean }>(sql`
    ${list.with ?? empty}
    SELECT string_agg(json, ',') FILTER (WHERE fits) AS items,
           (array_agg(key))[(count(*) FILTER (WHERE fits))::int] AS last,
           coalesce(bool_or(NOT fits), false) AS more
    FROM (
      SELECT json, key, n = 1 OR (n <= ${rows} AND bytes <= ${raw(String(MAX_PAGE_BYTES))}) AS fits
      FROM (
        SELECT json, key, row_number() OVER preceding AS n, sum(octet_length(json)) OVER preceding AS bytes
        FROM (
          SELECT row_to_json(resource)::text AS json, key
          FROM (
            SELECT ${list.columns}, json_build_array(${join(keys.map(({ column }) => column))}) AS key
            ${from} ${conditions([...list.where, ...after])}
            ORDER BY ${join(keys.map(({ column }) => sql`${column} ${direction}`))}
            LIMIT ${rows} + 1
          ) page CROSS JOIN LATERAL (${list.resource}) resource
        ) rows
        WINDOW preceding AS (ROWS UNBOUNDED PRECEDING)
      ) measured
    ) fitting`);
  const nextCursor = more ? `"${encode(list, last!)}"` : 'null';
  return `{"items":[${items ?? ''}],"nextCursor":${nextCursor}${count ? await countFragment(db, list) : ''}}`;
}

async function countFragment(db: Queryable, { with: parts = empty, from, where }: Keyset): Promise<string> {
  const row = await db.one<{ count: number }>(sql`
    ${parts}
    SELECT count(*)::int AS count FROM (SELECT 1 ${from} ${conditions(where)} LIMIT ${raw(String(COUNT_CAP + 1))}) capped`);
  return `,"count":${Math.min(row.count, COUNT_CAP)},"countIsCapped":${row.count > COUNT_CAP}`;
}

const conditions = (where: Sql[]): Sql => (where.length > 0 ? sql`WHERE ${join(where, ' AND ')}` : empty);

const encode = ({ order, carried }: Keyset, key: unknown[]): string =>
  Buffer.from(JSON.stringify([order, ...key, ...(carried ? [carried] : [])])).toString('base64url');

/** What the first page of a list put into its cursors. A client may have written it: the caller checks it. */
export const carriedBy = (cursor: string): unknown => decode(cursor)?.at(-1);

function afterCursor(cursor: string, { keys, order, descending, carried }: Keyset): Sql {
  const values = decode(cursor);
  if (
    values?.length !== keys.length + (carried ? 2 : 1) ||
    values[0] !== order ||
    !keys.every(({ type }, i) => hasKeyType(values[i + 1], type))
  )
    throw foreignCursor();
  const columns = join(keys.map(({ column }) => column));
  const bounds = join(keys.map(({ type }, i) => sql`${values[i + 1]}::${raw(type)}`));
  return descending ? sql`(${columns}) < (${bounds})` : sql`(${columns}) > (${bounds})`;
}

export const foreignCursor = (): Problem =>
  new Problem('invalid-parameters', 'The cursor is not one that this list gave for this order.', {
    errors: [{ pointer: '/cursor', detail: 'must be nextCursor of a page of the same list in the same order' }],
  });

function decode(cursor: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function hasKeyType(value: unknown, type: Key['type']): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string' && !value.includes('\0') && value.isWellFormed();
    case 'uuid':
      return typeof value === 'string' && UUID.test(value);
    case 'timestamptz':
      return isTime(value);
    case 'bigint':
      return Number.isSafeInteger(value);
    case 'double precision':
      return typeof value === 'number';
  }
}

/** The filters whose parameter was given. */
export const filters = (...all: (Sql | false | undefined | null | '')[]): Sql[] =>
  all.filter((filter): filter is Sql => Boolean(filter));

/** `-name` sorts downwards. */
export const parseSort = <Sort extends string>(sort: Sort): { field: FieldOf<Sort>; descending: boolean } => {
  const descending = sort.startsWith('-');
  return { field: (descending ? sort.slice(1) : sort) as FieldOf<Sort>, descending };
};

/** `-name` and `name` are orders by the field `name`. */
type FieldOf<Sort extends string> = Sort extends `-${infer Field}` ? Field : Sort;
