import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '../../support/database.ts';
import { Program } from '../../support/program.ts';

/** What the suite tests: the public URL, and an admin's sign-in, which is never printed. */
export interface Target {
  url: string;
  email: string;
  password: string;
  /** How many gateways, and how many APIs, must be seen to answer. */
  instances: number;
  close: () => Promise<void>;
}

/** The URL of `SMOKE_URL`, as `npm run smoke -- <url>` sets it; without it both built services, started here. */
export async function target(): Promise<Target> {
  const { SMOKE_URL: url, SMOKE_EMAIL: email, SMOKE_PASSWORD: password, SMOKE_INSTANCES: instances } = process.env;
  if (!url) return startLocal();
  if (!email || !password) throw new Error('SMOKE_EMAIL and SMOKE_PASSWORD must be those of an admin.');
  return {
    url: new URL(url).origin,
    email,
    password,
    instances: Number(instances ?? 1),
    close: () => Promise.resolve(),
  };
}

async function startLocal(): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'stockroom-smoke-'));
  const { options, drop } = await createTestDatabase();
  const [email, password] = ['smoke@example.com', randomBytes(12).toString('hex')];
  const api = new Program(folder, { DATABASE_URL: options.url, ADMIN_EMAIL: email, ADMIN_PASSWORD: password });
  const gateway = new Program(folder, { INVENTORY_API_URL: await api.url(), TRUSTED_HOPS: '0' }, { app: 'gateway' });
  const close = async () => {
    await gateway.stop();
    await api.stop();
    await drop();
    rmSync(folder, { recursive: true });
  };
  return { url: await gateway.url(), email, password, instances: 1, close };
}
