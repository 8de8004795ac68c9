import { adminPassword } from '../aws/secret.ts';
import type { Deployment } from '../deployment.ts';

/** `npm run password -- <environment>`: what the first admin signs in with. */
export async function password({ aws, environment }: Deployment): Promise<void> {
  process.stdout.write(`${environment.adminEmail}\n${await adminPassword(aws, environment)}\n`);
}
