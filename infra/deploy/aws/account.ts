import { ListAccountSettingsCommand, PutAccountSettingDefaultCommand } from '@aws-sdk/client-ecs';
import { CreateServiceLinkedRoleCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type Aws, isAccessDenied, isAwsError } from './clients.ts';

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
 * it is made early. An account that has it refuses, with one of several codes; a user who may not create it can still
 * deploy where it exists.
 * @throws where it is missing and may not be created
 */
export async function createServiceLinkedRole({ iam }: Aws): Promise<'created' | 'already exists' | 'not readable'> {
  try {
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
    return 'created';
  } catch (error) {
    if (
      isAwsError(error, 'InvalidInputException', 'InvalidInput', 'EntityAlreadyExistsException', 'EntityAlreadyExists')
    )
      return 'already exists';
    if (!isAccessDenied(error)) throw error;
  }
  const { Roles } = await iam
    .send(new ListRolesCommand({ PathPrefix: '/aws-service-role/ecs.amazonaws.com/' }))
    .catch((error: Error) => {
      if (isAccessDenied(error)) return { Roles: undefined };
      throw error;
    });
  if (!Roles) return 'not readable';
  if (Roles.length > 0) return 'already exists';
  throw new Error(
    'The account has no service-linked role of ECS, and these credentials may not create it. Ask an administrator to run: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
  );
}

const TRUNKING = 'awsvpcTrunking';

/**
 * Network interfaces for more tasks on each instance. The setting belongs to the account, so a destroyed environment
 * leaves it on: other clusters may rely on it.
 * @throws where it is off, and may not be switched on
 */
export async function enableTrunking({ ecs }: Aws): Promise<'enabled' | 'already enabled'> {
  try {
    await ecs.send(new PutAccountSettingDefaultCommand({ name: TRUNKING, value: 'enabled' }));
    return 'enabled';
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    const { settings } = await ecs.send(new ListAccountSettingsCommand({ name: TRUNKING, effectiveSettings: true }));
    if (settings?.[0]?.value === 'enabled') return 'already enabled';
    throw new Error(
      `The ECS account setting ${TRUNKING} is off, and these credentials may not switch it on. Ask an administrator to run: aws ecs put-account-setting-default --name ${TRUNKING} --value enabled, or write eniTrunking: false.`,
      { cause: error },
    );
  }
}
