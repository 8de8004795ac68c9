import { createInterface } from 'node:readline/promises';
import { identify } from '../aws/account.ts';
import type { Deployment } from '../deployment.ts';
import { cdktf } from '../steps/stack.ts';
import { runSteps } from '../steps/step.ts';

/** `npm run destroy -- <environment>`: services, platform, registry, in that order; asks for the environment's name first. */
export async function destroy(deployment: Deployment): Promise<void> {
  const { aws, environment, variables } = deployment;
  const { account } = await identify(aws, variables.AWS_ACCOUNT_ID);
  const { name, region } = environment;
  await confirm(`This destroys ${name} in account ${account}, ${region}, with its data. Type its name: `, name);
  await runSteps(deployment, [
    { title: `Destroying ${name}`, run: (_, onProgress) => cdktf(deployment, onProgress).destroy() },
  ]);
}

async function confirm(question: string, name: string): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await Promise.race([
    terminal.question(question),
    new Promise<string>((resolve) => terminal.once('close', () => resolve(''))),
  ]);
  terminal.close();
  if (answer.trim() !== name) throw new Error(`That is not ${name}: nothing was destroyed.`);
}
