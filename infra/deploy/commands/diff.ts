import type { Deployment } from '../deployment.ts';
import { findDatabaseInstance } from '../steps/database-instance.ts';
import { cdktf, stackId, stacksOf } from '../steps/stack.ts';

/** `npm run diff -- <environment>`: what a deployment would change, stack by stack, with the newest images in the registry. */
export async function diff(deployment: Deployment): Promise<void> {
  const { environment } = deployment;
  await findDatabaseInstance(deployment);
  for (const stack of stacksOf(environment)) {
    process.stdout.write(`\n== ${stackId(environment, stack)}\n`);
    const show = (line: string) => void process.stdout.write(`${line}\n`);
    await cdktf(deployment, show, () => true).diff(stackId(environment, stack));
  }
}
