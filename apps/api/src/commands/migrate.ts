import type { ApiEnvironment } from '../environment.ts';
import { migrateDatabase } from './migrate-database.ts';
import { openDatabase } from './open-database.ts';

/** `main.js migrate`: brings the database up to date and ends; with an error, where a migration fails. */
export async function runMigrations(environment: ApiEnvironment): Promise<void> {
  const opened = await openDatabase(environment);
  try {
    const done = await migrateDatabase(opened);
    console.log(done.length > 0 ? `Migrated: ${done.join(', ')}` : 'The database is up to date.');
  } finally {
    await opened.close();
  }
}
