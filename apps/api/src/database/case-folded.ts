import sql, { type RawValue, type Sql } from 'sql-template-tag';

/**
 * A text as the key columns hold it (`sku_key`, `code_key`, `email_key`): in lower case, and in the collation of their
 * indexes, of which PostgreSQL uses none for a comparison in another collation.
 */
export const caseFolded = (text: RawValue): Sql => sql`lower(${text} COLLATE pg_c_utf8) COLLATE "C"`;
