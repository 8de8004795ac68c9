import { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import type { ApiEnvironment } from '../environment.ts';
import { openDatabase } from './open-database.ts';

/** `main.js migrate`: brings the database up to date and ends; with an error, where a migration fails. */
export async function runMigrations(environment: ApiEnvironment): Promise<void> {
  const { options, close } = await openDatabase(environment);
  const database = new Database(options);
  try {
    const done = await migrate(database.pool);
    console.log(done.length > 0 ? `Migrated: ${done.join(', ')}` : 'The database is up to date.');
  } finally {
    await database.close();
    await close();
  }
}
