import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';

/** Beside this file, or where the build puts them. */
const FOLDER = ['migrations', 'src/database/migrations']
  .map((folder) => join(import.meta.dirname, folder))
  .find(existsSync)!;
/** Any number will do, as long as nothing else in this database takes the same advisory lock. */
const LOCK = 7_203_541;

/**
 * Brings the database up to date: runs, in order, each numbered file of `migrations/` that has not run yet, all in one
 * transaction and under an advisory lock, so that tasks that start together do it once.
 * @returns the names of the files that ran
 * @throws where a file fails, with its name; nothing of it stays behind
 */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const files = (await readdir(FOLDER)).filter((file) => /^\d{4}_\w+\.sql$/.test(file)).sort();
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0; SET lock_timeout = 0');
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query('BEGIN');
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migration');
    const done = new Set(rows.map(({ name }) => name));
    const missing = files.filter((file) => !done.has(file));
    for (const file of missing) {
      await client.query(await readFile(join(FOLDER, file), 'utf8')).catch((error: Error) => {
        throw new Error(`Migration ${file} failed: ${error.message}`, { cause: error });
      });
      await client.query('INSERT INTO migration (name) VALUES ($1)', [file]);
    }
    await client.query('COMMIT');
    return missing;
  } finally {
    // Ending the connection rolls back what is open and gives the lock back.
    client.release(true);
  }
}
