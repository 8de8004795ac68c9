import type { Role } from '#contracts';
import type { Database } from '../database/database.ts';
import { setUpExclusively } from './exclusive-setup.ts';
import { UserRepository } from './users/user.repository.ts';

/** The account that a smoke test signs in with after a deployment, beside those of people. */
export interface SmokeUser {
  email: string;
  password: string;
  role: Role;
}

/** Creates the account, or gives it back its password and role: an admin may have changed or deleted it since. */
export async function ensureSmokeUser(database: Database, { email, password, role }: SmokeUser): Promise<void> {
  const users = new UserRepository(database);
  await setUpExclusively(database, password, async (tx, passwordHash) => {
    const { id } = await users.credentials(email, tx);
    if (id) await users.update(tx, id, { role, passwordHash });
    else await users.insert(tx, { email, name: 'Smoke test', role, passwordHash });
  });
}
