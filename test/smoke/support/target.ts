import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '../../support/database.ts';
import { Program } from '../../support/program.ts';

/** What a suite tests: the public URL, and a sign-in, which is never printed. */
export interface Target {
  url: string;
  email: string;
  password: string;
  /** How many gateways, and how many APIs, must be seen to answer. */
  instances: number;
  close: () => Promise<void>;
}

/**
 * The URL of `SMOKE_URL`, as `npm run smoke -- <url>` sets it; without it both built services, started here.
 * @param role of the account that signs in
 */
export async function target(role: 'viewer' | 'admin'): Promise<Target> {
  const { SMOKE_URL: url, SMOKE_EMAIL: email, SMOKE_PASSWORD: password, SMOKE_INSTANCES: instances } = process.env;
  if (!url) return startLocal(role);
  if (!email || !password)
    throw new Error(`Set SMOKE_EMAIL and SMOKE_PASSWORD to the sign-in of a user with the role ${role}.`);
  return {
    url: new URL(url).origin,
    email,
    password,
    instances: Number(instances ?? 1),
    close: () => Promise.resolve(),
  };
}

async function startLocal(role: 'viewer' | 'admin'): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'stockroom-smoke-'));
  const { options, ownerUrl, drop } = await createTestDatabase();
  const [email, password] = ['smoke@example.com', randomBytes(12).toString('hex')];
  const database = { DATABASE_URL: options.url, MIGRATION_DATABASE_URL: ownerUrl };
  const smoke = { SMOKE_EMAIL: email, SMOKE_PASSWORD: password, SMOKE_ROLE: role };
  const migrate = new Program(folder, { ...database, ...smoke }, { args: ['migrate'] });
  if ((await migrate.ended()) !== 0) throw new Error(`The migration failed: ${migrate.output}`);
  const api = new Program(folder, { ...database, ADMIN_PASSWORD: randomBytes(12).toString('hex') });
  const gateway = new Program(folder, { INVENTORY_API_URL: await api.url(), TRUSTED_HOPS: '0' }, { app: 'gateway' });
  const close = async () => {
    await gateway.stop();
    await api.stop();
    await drop();
    rmSync(folder, { recursive: true });
  };
  return { url: await gateway.url(), email, password, instances: 1, close };
}
