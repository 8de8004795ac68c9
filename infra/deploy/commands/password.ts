import { password as passwordOf } from '../aws/secret.ts';
import type { Deployment } from '../deployment.ts';

/** `npm run password -- <environment>`: what the first admin signs in with. */
export async function password({ aws, environment }: Deployment): Promise<void> {
  process.stdout.write(`${environment.adminEmail}\n${await passwordOf(aws, environment, 'admin')}\n`);
}
