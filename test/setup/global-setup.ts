import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../apps/api/src/database/embedded/embedded-postgres.ts';
import { migrate } from '../../apps/api/src/database/migrate.ts';
import { credentialsOf } from '../../apps/api/src/database/roles/application-role.ts';
import { postgres } from './postgres.ts';

/** One real PostgreSQL for the whole run; each test file takes a copy of the migrated template. */
export default async function globalSetup(): Promise<void> {
  postgres.folder = mkdtempSync(join(tmpdir(), 'stockroom-test-'));
  postgres.server = await startEmbeddedPostgres(postgres.folder, { fsync: 'off', max_connections: '300' });
  const { url, ownerUrl } = postgres.server;
  const pool = new pg.Pool({ connectionString: ownerUrl });
  await migrate(pool, { ...credentialsOf(url), statementTimeoutMs: 30_000, lockTimeoutMs: 20_000 });
  await pool.end();
  process.env.TEST_DATABASE_URL = url;
  process.env.TEST_OWNER_DATABASE_URL = ownerUrl;
}
