import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../apps/api/src/database/embedded/embedded-postgres.ts';
import { migrate } from '../../apps/api/src/database/migrate.ts';
import { credentialsOf } from '../../apps/api/src/database/roles/application-role.ts';
import { startPooler } from '../support/pooler.ts';
import { postgres } from './postgres.ts';

/**
 * One real PostgreSQL for the whole run; each test file takes a copy of the migrated template. With TEST_POOLER=1 the
 * application reaches it through PgBouncer.
 */
export default async function globalSetup(): Promise<void> {
  postgres.folder = mkdtempSync(join(tmpdir(), 'stockroom-test-'));
  postgres.server = await startEmbeddedPostgres(postgres.folder, { fsync: 'off', max_connections: '300' });
  const { url, ownerUrl } = postgres.server;
  const pool = new pg.Pool({ connectionString: ownerUrl });
  await migrate(pool, { ...credentialsOf(url), statementTimeoutMs: 30_000, lockTimeoutMs: 20_000 });
  if (process.env.TEST_POOLER) {
    postgres.pooler = await startPooler(ownerUrl, url);
    // The settings of a role in a database are not copied with it.
    await pool.query(`ALTER ROLE ${credentialsOf(url).name} SET statement_timeout = 30000; ALTER ROLE ${credentialsOf(url).name} SET lock_timeout = 20000`); // prettier-ignore
  }
  await pool.end();
  process.env.TEST_DATABASE_URL = postgres.pooler?.urlOf(url) ?? url;
  process.env.TEST_OWNER_DATABASE_URL = ownerUrl;
}
