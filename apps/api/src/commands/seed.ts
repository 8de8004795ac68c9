import { Database } from '../database/database.ts';
import { seedDemo } from '../demo/seed.ts';
import type { ApiEnvironment } from '../environment.ts';
import { migrateDatabase } from './migrate-database.ts';
import { openDatabase } from './open-database.ts';

/**
 * `main.js seed`: brings the database up to date and fills it with the sample shop, unless it has items.
 * @returns the exit code: 1 where it has
 */
export async function runSeed(environment: ApiEnvironment): Promise<number> {
  const opened = await openDatabase(environment);
  const database = new Database(opened.options);
  try {
    await migrateDatabase(opened);
    const done = await seedDemo(database);
    console.log(done ? 'The sample shop is in the database.' : 'The database has items already; nothing was changed.');
    return done ? 0 : 1;
  } finally {
    await database.close();
    await opened.close();
  }
}
