import { ensureFirstAdmin } from '../access/first-admin.ts';
import { ensureSmokeUser } from '../access/smoke-user.ts';
import { Database, type DatabaseOptions } from '../database/database.ts';
import type { ApiEnvironment } from '../environment.ts';
import { migrateDatabase } from './migrate-database.ts';
import { openDatabase } from './open-database.ts';

/**
 * `main.js migrate`: brings the database up to date, creates the account of the smoke test where one is given, and ends;
 * with an error, where a migration fails.
 */
export async function runMigrations(environment: ApiEnvironment): Promise<void> {
  const opened = await openDatabase(environment);
  try {
    const done = await migrateDatabase(opened);
    await ensureAccounts(environment, opened.options);
    console.log(done.length > 0 ? `Migrated: ${done.join(', ')}` : 'The database is up to date.');
  } finally {
    await opened.close();
  }
}

/** The first admin comes first: the smoke test's account may be an admin's, and the first admin is made where there is none. */
async function ensureAccounts(environment: ApiEnvironment, options: DatabaseOptions): Promise<void> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD, SMOKE_EMAIL, SMOKE_PASSWORD, SMOKE_ROLE } = environment;
  if (SMOKE_PASSWORD === undefined) return;
  const database = new Database({ ...options, poolSize: 2 });
  try {
    if (ADMIN_EMAIL && ADMIN_PASSWORD)
      await ensureFirstAdmin(database, { email: ADMIN_EMAIL, password: ADMIN_PASSWORD });
    await ensureSmokeUser(database, { email: SMOKE_EMAIL, password: SMOKE_PASSWORD, role: SMOKE_ROLE });
  } finally {
    await database.close();
  }
}
