import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../apps/api/src/database/embedded/embedded-postgres.ts';
import { migrate } from '../../apps/api/src/database/migrate.ts';
import { postgres } from './postgres.ts';

/** One real PostgreSQL for the whole run; each test file takes a copy of the migrated template. */
export default async function globalSetup(): Promise<void> {
  postgres.folder = mkdtempSync(join(tmpdir(), 'stockroom-test-'));
  postgres.server = await startEmbeddedPostgres(postgres.folder, { fsync: 'off', max_connections: '300' });
  const { url } = postgres.server;
  const pool = new pg.Pool({ connectionString: url });
  await migrate(pool);
  await pool.end();
  process.env.TEST_DATABASE_URL = url;
}
