import { CreateServiceLinkedRoleCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type Aws, isAwsError } from './clients.ts';

/**
 * @param expected the account that the environment belongs to, where its variables name one
 * @returns who we are, and in which account
 * @throws where there are no credentials that AWS takes, or where they are for another account
 */
export async function identify({ sts }: Aws, expected?: string): Promise<{ account: string; arn: string }> {
  const { Account: account = '', Arn: arn = '' } = await sts
    .send(new GetCallerIdentityCommand())
    .catch((error: Error) => {
      throw new Error(
        `AWS takes no credentials of yours (${error.message}). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; where they have run out, sign in again.`,
      );
    });
  if (expected && expected !== account)
    throw new Error(
      `The environment belongs to account ${expected}, and these credentials are for ${account}: choose others, or change AWS_ACCOUNT_ID.`,
    );
  return { account, arn };
}

/**
 * ECS acts through a role of its own. Making a cluster makes it, but the first calls after that fail while it spreads, so
 * it is made early. An account that has it refuses, with one of two codes.
 */
export async function createServiceLinkedRole({ iam }: Aws): Promise<'created' | 'already exists'> {
  try {
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
    return 'created';
  } catch (error) {
    if (
      isAwsError(error, 'InvalidInputException', 'InvalidInput', 'EntityAlreadyExistsException', 'EntityAlreadyExists')
    )
      return 'already exists';
    throw error;
  }
}
