import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { firstOf } from '../first-of.ts';
import { isAlive } from './processes.ts';

/** Another process runs on this folder's database. */
export class AlreadyRunningError extends Error {}

/** Held by the one process that a folder's server serves, for as long as its connection lives: `kill -9` frees it, too. */
const OWNER_LOCK = 7_203_542;
const TIMEOUT_MS = 15_000;

/** How a process names its connection, so that another one can say who holds the lock. */
export const connectionName = `stockroom-owner-${process.pid}`;

/**
 * Takes the folder for this process. A holder that has been killed is not waited for.
 * @throws AlreadyRunningError where another live process has the folder
 */
export async function takeOwnerLock(client: pg.Client, folder: string): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [OWNER_LOCK]);
    if (firstOf(rows).taken) return;
    const holder = await holderOf(client);
    if (holder && isAlive(holder.process)) {
      throw new AlreadyRunningError(
        `Stockroom already runs on ${folder} (process ${holder.process}). Stop it first, or set DATABASE_URL to use another database.`,
      );
    }
    if (holder) await client.query('SELECT pg_terminate_backend($1)', [holder.backend]);
    if (Date.now() > deadline) throw new Error(`The lock on ${folder} was not freed within ${TIMEOUT_MS} ms.`);
    await sleep(50);
  }
}

async function holderOf(client: pg.Client): Promise<{ process: number; backend: number } | undefined> {
  const { rows } = await client.query<{ name: string; backend: number }>(
    `SELECT application_name AS name, pid AS backend FROM pg_stat_activity JOIN pg_locks USING (pid)
     WHERE locktype = 'advisory' AND objid = $1 AND granted`,
    [OWNER_LOCK],
  );
  return rows[0] && { process: Number(rows[0].name.split('-').pop()), backend: rows[0].backend };
}
