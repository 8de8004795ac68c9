import { existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Problem } from '#service';
import { ensureFirstAdmin } from '../access/first-admin.ts';
import type { Database } from '../database/database.ts';
import type { ApiEnvironment } from '../environment.ts';
import { DATA_FOLDER, readOrCreateSecret } from './open-database.ts';

/** How a person at this machine signs in. */
export interface SignIn {
  email: string;
  /** The password, where it has just been made up. */
  newPassword?: string;
  /** The file that a made-up password is kept in. */
  file?: string;
  /** The password as a shell finds it; undefined where it is not known here. */
  shellExpression?: string;
}

/** Outside production: creates the first admin, with the environment's password or a random one. */
export async function ensureLocalAdmin(database: Database, environment: ApiEnvironment): Promise<SignIn> {
  const { ADMIN_EMAIL: email = 'admin@stockroom.localhost', ADMIN_PASSWORD: given } = environment;
  if (given !== undefined) {
    await ensureFirstAdmin(database, { email, password: given });
    return { email, shellExpression: '$ADMIN_PASSWORD' };
  }
  // Kept before the admin is made: the other way round, an end between the two would lose it.
  const { value, file, isNew } = readOrCreateSecret('admin-password');
  const isMade = await ensureFirstAdmin(database, { email, password: value });
  if (isNew && !isMade) rmSync(file); // The admin was there before, with another password.
  if (!existsSync(file)) return { email };
  const path = relative('.', join(DATA_FOLDER, 'admin-password'));
  return { email, file: path, shellExpression: `$(cat ${path})`, ...(isMade && { newPassword: value }) };
}

const PAUSE_MS = 5_000;

/**
 * In production: creates the first admin.
 * @returns whether there is one now: a database that is unreachable must not stop the start
 */
export async function tryProductionAdmin(
  database: Database,
  { ADMIN_EMAIL: email, ADMIN_PASSWORD: password }: ApiEnvironment,
  logger: Logger,
): Promise<boolean> {
  try {
    if (await ensureFirstAdmin(database, { email: email!, password: password! })) logger.info('made the first admin');
    return true;
  } catch (error) {
    if (!(error instanceof Problem && error.kind === 'unavailable')) throw error;
    logger.warn('the database is unreachable; the first admin is created once it is reachable');
    return false;
  }
}

/** The same, until it succeeds. */
export async function retryProductionAdmin(...args: Parameters<typeof tryProductionAdmin>): Promise<void> {
  do await sleep(PAUSE_MS);
  while (!(await tryProductionAdmin(...args)));
}
