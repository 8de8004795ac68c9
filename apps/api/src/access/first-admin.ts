import sql from 'sql-template-tag';
import type { Database, Queryable } from '../database/database.ts';
import { setUpExclusively } from './exclusive-setup.ts';
import { UserRepository } from './users/user.repository.ts';

/**
 * Makes the first admin, where there is none. Tasks that start together make one.
 * @returns whether it was made
 */
export async function ensureFirstAdmin(
  database: Database,
  { email, password }: { email: string; password: string },
): Promise<boolean> {
  if (await hasAdmin(database)) return false;
  return setUpExclusively(database, password, async (tx, passwordHash) => {
    if (await hasAdmin(tx)) return false;
    await new UserRepository(database).insert(tx, { email, name: 'Admin', role: 'admin', passwordHash });
    return true;
  });
}

const hasAdmin = async (db: Queryable): Promise<boolean> =>
  (await db.first(sql`SELECT 1 AS found FROM user_account WHERE role = 'admin' LIMIT 1`)) !== undefined;
