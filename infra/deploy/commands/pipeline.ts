import { identify } from '../aws/account.ts';
import type { Deployment } from '../deployment.ts';
import { deployStack } from '../steps/stacks.ts';

/** `npm run pipeline -- <environment>`: the roles that GitHub Actions assumes, and the variables that its workflows need. */
export async function pipeline(deployment: Deployment): Promise<void> {
  const { aws, environment, variables } = deployment;
  const { name, region } = environment;
  if (!environment.pipeline)
    throw new Error(`Set PIPELINE_REPOSITORY in .env.${name} to the repository that deploys, as owner/name.`);
  await identify(aws, variables.AWS_ACCOUNT_ID);
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const { deploy_role, plan_role } = await deployStack(deployment, 'pipeline', print);
  print(
    [
      'Set these variables of the repository (Settings → Secrets and variables → Actions → Variables):',
      `  AWS_REGION       ${region}`,
      `  AWS_DEPLOY_ROLE  ${deploy_role}`,
      `  AWS_PLAN_ROLE    ${plan_role}`,
      `  SETTINGS         the lines of .env.${name}, except PIPELINE_REPOSITORY and PIPELINE_PROVIDER`,
    ].join('\n'),
  );
}
