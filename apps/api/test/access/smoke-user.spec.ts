import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { PasswordHasher } from '../../src/access/secrets/password-hasher.ts';
import { Database } from '../../src/database/database.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { Program } from '../../../../test/support/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'stockroom-migrate-'));
const passwords = new PasswordHasher();
let test: TestDatabase;
let database: Database;
beforeEach(async () => {
  test = await createTestDatabase();
  database = new Database(test.options);
});
afterEach(async () => {
  await database.close();
  await test.drop();
});
afterAll(async () => {
  await passwords.onApplicationShutdown();
  rmSync(folder, { recursive: true });
});

/** The task that migrates, as a deployment runs it. */
async function migrate(variables: NodeJS.ProcessEnv): Promise<void> {
  const program = new Program(
    folder,
    {
      NODE_ENV: 'production',
      DATABASE_URL: test.options.url,
      MIGRATION_DATABASE_URL: test.ownerUrl,
      DATABASE_TLS: 'off',
      SIGNING_KEY: 'x'.repeat(32),
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'the first of all passwords',
      ...variables,
    },
    { args: ['migrate'] },
  );
  const code = await program.ended();
  expect({ code, ...(code !== 0 && { output: program.output }) }).toEqual({ code: 0 });
}

interface Account {
  email: string;
  role: string;
  passwordHash: string;
}
const accounts = () =>
  database.query<Account>(sql`SELECT email, role, password_hash AS "passwordHash" FROM user_account ORDER BY email`);
const namesAndRoles = async () => (await accounts()).map(({ email, role }) => [email, role]);
const SMOKE = { SMOKE_PASSWORD: 'the second of all passwords', SMOKE_ROLE: 'admin' };

describe('the task that migrates', () => {
  it('creates no account where the smoke test has no password', async () => {
    await migrate({});
    expect(await accounts()).toEqual([]);
  });

  it('creates the smoke test’s account with its role, and before it the first admin', async () => {
    await migrate(SMOKE);
    expect(await namesAndRoles()).toEqual([
      ['admin@example.com', 'admin'],
      ['smoke@stockroom.example', 'admin'],
    ]);
  });

  it('gives the account back the role and the password that it had', async () => {
    await migrate(SMOKE);
    await database.query(
      sql`UPDATE user_account SET role = 'operator', password_hash = 'changed' WHERE email LIKE 'smoke@%'`,
    );
    await migrate({ ...SMOKE, SMOKE_ROLE: 'viewer' });
    const [admin, smoke] = await accounts();
    expect([admin!.role, smoke!.role]).toEqual(['admin', 'viewer']);
    expect(await passwords.verify(SMOKE.SMOKE_PASSWORD, smoke!.passwordHash)).toBe(true);
  });
});
