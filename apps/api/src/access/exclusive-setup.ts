import sql from 'sql-template-tag';
import type { Database, Queryable } from '../database/database.ts';
import { PasswordHasher } from './secrets/password-hasher.ts';

/**
 * Sets up an account while no other transaction changes any. No client waits for it, so it waits for its lock as long as
 * the pool allows: tasks that start together do it one after the other.
 * @param work gets the password's hash
 */
export async function setUpExclusively<T>(
  database: Database,
  password: string,
  work: (tx: Queryable, passwordHash: string) => Promise<T>,
): Promise<T> {
  const passwords = new PasswordHasher();
  const passwordHash = await passwords.hash(password).finally(() => passwords.onApplicationShutdown());
  const locked = async (tx: Queryable) => {
    await tx.query(sql`LOCK TABLE user_account IN SHARE ROW EXCLUSIVE MODE`);
    return work(tx, passwordHash);
  };
  return database.transaction(locked, { isBackground: true });
}
