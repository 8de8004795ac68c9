import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { credentialsOf } from '../src/database/roles/application-role.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await Promise.all(Array.from({ length: 6 }, () => createTestDatabase()));
});
afterAll(() => Promise.all(databases.map(({ drop }) => drop())));

it('migrates databases of one server at the same time, which share the role of the application', async () => {
  const migrated = databases.map(async ({ options, ownerUrl }) => {
    const pool = new pg.Pool({ connectionString: ownerUrl });
    try {
      return await migrate(pool, { ...credentialsOf(options.url), ...options });
    } finally {
      await pool.end();
    }
  });
  expect(await Promise.all(migrated)).toEqual(databases.map(() => []));
});
