import { createHash } from 'node:crypto';
import { raw } from 'sql-template-tag';
import type { Database } from '../../src/database/database.ts';

/** Tables that a request may write to without changing anything that it was refused to change; so is when a key was last used. */
const BOOKKEEPING = ['migration', 'idempotency_key', 'sign_in_failure', 'event_batch'];

/** Of the tables that say what happened: the rows that are not about an import. */
const NOT_ABOUT_IMPORTS: Record<string, string> = {
  event: `type NOT LIKE 'import.%'`,
  audit_entry: `subject_kind <> 'import'`,
};

/**
 * A hash of all that the database holds: two that are the same mean that nothing has changed between them.
 * @param options `withoutImports`: leaves out the imports, their events and their audit; a file is kept with its job, whether or not
 *   anything of it can be booked
 */
export async function contentsOf(database: Database, { withoutImports = false } = {}): Promise<string> {
  const tables = await database.query<{ name: string }>(
    raw(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    ),
  );
  const hash = createHash('sha256');
  for (const { name } of tables) {
    if (BOOKKEEPING.includes(name) || (withoutImports && name.startsWith('import'))) continue;
    const condition = (withoutImports && NOT_ABOUT_IMPORTS[name]) || 'true';
    const row = await database.first<{ hash: string | null }>(
      raw(
        `SELECT md5(string_agg(line, E'\\n' ORDER BY line)) AS hash FROM (SELECT (to_jsonb(t) - 'last_used_at')::text AS line FROM "${name}" t WHERE ${condition}) lines`,
      ),
    );
    hash.update(`${name} ${row!.hash}\n`);
  }
  return hash.digest('hex');
}
