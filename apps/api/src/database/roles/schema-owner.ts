import sql from 'sql-template-tag';
import type { Database } from '../database.ts';

/** Whether the database's role could change tables and triggers, and so the ledger's history. */
export async function ownsSchema(database: Database): Promise<boolean> {
  const role = await database.one<{ owns: boolean }>(sql`
    SELECT rolsuper OR pg_has_role(pg_class.relowner, 'MEMBER') AS owns
    FROM pg_roles, pg_class WHERE rolname = current_user AND pg_class.oid = 'movement'::regclass`);
  return role.owns;
}
