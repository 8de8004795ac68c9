import { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { credentialsOf } from '../database/roles/application-role.ts';
import type { OpenedDatabase } from './open-database.ts';

/**
 * Brings the database up to date as the owner of its schema, and gives the application's role its rights.
 * @returns the names of the migrations that ran
 */
export async function migrateDatabase({ options, ownerUrl }: OpenedDatabase): Promise<string[]> {
  const owner = new Database({ ...options, url: ownerUrl, poolSize: 2 });
  try {
    return await migrate(owner.pool, { ...credentialsOf(options.url), ...options });
  } finally {
    await owner.close();
  }
}
