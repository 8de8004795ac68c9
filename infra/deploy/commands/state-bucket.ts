import { identify } from '../aws/account.ts';
import { defaultStateBucket, createStateBucket } from '../aws/state-bucket.ts';
import type { Deployment } from '../deployment.ts';

/** `npm run state-bucket -- <environment>`: the bucket for Terraform's state, and what to write down for it to be used. */
export async function stateBucket({ aws, environment, variables }: Deployment): Promise<void> {
  const { account } = await identify(aws, variables.AWS_ACCOUNT_ID);
  const { name, region, stateBucket: bucket = defaultStateBucket(account, region) } = environment;
  const result = await createStateBucket(aws, region, bucket);
  process.stdout.write(`${bucket} is ${result}.\n`);
  if (!environment.stateBucket) process.stdout.write(`Write into .env.${name}: STATE_BUCKET=${bucket}\n`);
}
