import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DatabaseOptions } from '../../apps/api/src/database/database.ts';

export interface TestDatabase {
  /** As the application. */
  options: DatabaseOptions;
  /** As the owner of the schema: for migrations, and for what the application may not do. */
  ownerUrl: string;
  drop: () => Promise<void>;
}

/** A database of the test file's own: a copy of the migrated, empty one, with the application's rights. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = process.env.TEST_DATABASE_URL!;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await maintain(`CREATE DATABASE ${name} TEMPLATE stockroom`);
  return {
    options: {
      url: template.replace(/[^/]*$/, name),
      tls: false,
      poolSize: 10,
      statementTimeoutMs: 30_000,
      lockTimeoutMs: 20_000,
    },
    ownerUrl: process.env.TEST_OWNER_DATABASE_URL!.replace(/[^/]*$/, name),
    drop: () => maintain(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** Runs a statement that the application may not: as the owner of the schema. */
export async function asOwner({ ownerUrl }: TestDatabase, statement: string): Promise<void> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function maintain(statement: string): Promise<void> {
  const client = new pg.Client({
    connectionString: process.env.TEST_OWNER_DATABASE_URL!.replace(/[^/]*$/, 'postgres'),
  });
  await client.connect();
  await client.query(statement);
  await client.end();
}
