import { taskFamilies } from '../../environments/names.ts';
import { identify } from '../aws/account.ts';
import { type Protection, readProtections } from '../aws/protections.ts';
import { deleteAllRevisions } from '../aws/revisions.ts';
import type { Deployment } from '../deployment.ts';
import { confirm } from '../local/confirm.ts';
import type { Options } from '../options.ts';
import { cdktf } from '../steps/stack.ts';
import { explainStateLock } from '../steps/state-lock.ts';
import { runSteps } from '../steps/step.ts';

/** Terraform would look for the newest images, and a repository may be empty. */
const NO_IMAGE = `destroyed@sha256:${'0'.repeat(64)}`;
const NO_IMAGES = { api: NO_IMAGE, gateway: NO_IMAGE };

/**
 * `npm run destroy -- <environment> [--unprotect]`: services, platform, registry, in that order. It asks for the
 * environment's name first, and deletes nothing while a protection is on that would stop it half-way.
 */
export async function destroy(deployment: Deployment, { unprotect }: Options): Promise<void> {
  const { aws, environment, variables } = deployment;
  const { account } = await identify(aws, variables.AWS_ACCOUNT_ID);
  const { name, region } = environment;
  const protections = await readProtections(aws, environment);
  if (protections.length > 0 && !unprotect) throw new Error(refusal(name, protections));
  for (const { subject, removal } of protections) process.stdout.write(`${subject} ${removal}.\n`);
  await confirm(
    `This destroys ${name} in account ${account}, ${region}, with its data. Type its name: `,
    name,
    'nothing was destroyed',
  );
  await runSteps(deployment, [
    {
      title: 'Protections',
      skip: () => (protections.length === 0 ? 'none is on' : undefined),
      run: async () => {
        for (const { remove } of protections) await remove();
        return `${protections.length} taken off`;
      },
    },
    {
      title: `Destroying ${name}`,
      run: (_, onProgress) =>
        explainStateLock(deployment, () => cdktf({ ...deployment, images: NO_IMAGES }, onProgress).destroy()),
    },
    { title: 'Task definitions', run: () => deleteAllRevisions(aws, taskFamilies(environment)) },
  ]);
}

const refusal = (name: string, protections: Protection[]): string =>
  [
    `${name} is protected, and nothing was destroyed:`,
    ...protections.map(({ subject }) => `  - ${subject}`),
    `npm run destroy -- ${name} --unprotect takes the protections off first.`,
  ].join('\n');
