import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { firstOf } from './first-of.ts';
import { type ApplicationRole, provideApplicationRole } from './roles/application-role.ts';

/** Beside this file, or where the build puts them. */
const FOLDER = ['migrations', 'src/database/migrations']
  .map((folder) => join(import.meta.dirname, folder))
  .find(existsSync)!;
/** An arbitrary number that no other advisory lock of this database uses. */
const LOCK = 7_203_541;
const ATTEMPTS = 10;

/**
 * Brings the database up to date: runs, in order, each numbered file of `migrations/` that has not run yet, all in one
 * transaction and under an advisory lock, so that tasks that start together do it once.
 * @param pool connects as the owner of the schema; where nothing is left to do, any role that may read is enough
 * @param application the role that gets the application's rights on the result
 * @returns the names of the files that ran
 * @throws where a file fails, with its name; all of it is rolled back
 */
export async function migrate(pool: pg.Pool, application?: ApplicationRole): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await migrateOnce(pool, application);
    } catch (error) {
      if (attempt === ATTEMPTS || !isRoleChangedMeanwhile(error)) throw error;
      await sleep(Math.random() * 50 * attempt);
    }
  }
}

async function migrateOnce(pool: pg.Pool, application?: ApplicationRole): Promise<string[]> {
  const client = await pool.connect();
  try {
    if (!application && (await pendingFiles(client)).length === 0) return [];
    await client.query(
      'BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0',
    );
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const ran = await runPending(client).catch(explainMissingRight);
    if (application) await provideApplicationRole(client, application);
    await client.query('COMMIT');
    return ran;
  } finally {
    // Ending the connection rolls back what is open and gives the lock back.
    client.release(true);
  }
}

/** The role is the server's, the lock the database's: the migration of another database may change the role at the same time. */
const isRoleChangedMeanwhile = (error: unknown): boolean =>
  (error as Error).message.includes('tuple concurrently updated');

async function pendingFiles(client: pg.ClientBase): Promise<string[]> {
  const files = (await readdir(FOLDER)).filter((file) => /^\d{4}_\w+\.sql$/.test(file)).sort();
  const { rows: tables } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('migration') IS NOT NULL AS exists`,
  );
  if (!firstOf(tables).exists) return files;
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migration');
  const done = new Set(rows.map(({ name }) => name));
  return files.filter((file) => !done.has(file));
}

async function runPending(client: pg.ClientBase): Promise<string[]> {
  const files = await pendingFiles(client);
  if (files.length === 0) return [];
  await client.query(
    'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  for (const file of files) {
    await client.query(await readFile(join(FOLDER, file), 'utf8')).catch((error: Error) => {
      throw new Error(`Migration ${file} failed: ${error.message}`, { cause: error });
    });
    await client.query('INSERT INTO migration (name) VALUES ($1)', [file]);
  }
  return files;
}

function explainMissingRight(error: unknown): never {
  const { code, message } = ((error as Error).cause ?? error) as { code?: string; message: string };
  if (code !== '42501') throw error;
  throw new Error(
    `The database's role may not change the schema (${message}). Set MIGRATION_DATABASE_URL to the URL of the schema's owner.`,
    { cause: error },
  );
}
