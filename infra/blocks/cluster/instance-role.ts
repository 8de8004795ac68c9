import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition/index.js';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { trustPolicy, permissionsBoundary } from '../roles/policy.ts';

/** The agent's rights, and a shell through SSM instead of SSH keys. */
const POLICIES = {
  ecs: 'service-role/AmazonEC2ContainerServiceforEC2Role',
  ssm: 'AmazonSSMManagedInstanceCore',
};

export function createInstanceRole(
  scope: Construct,
  environment: Environment,
): { profileName: string; attachments: IamRolePolicyAttachment[] } {
  const role = new IamRole(scope, 'instance-role', {
    name: `${environment.prefix}-instances`,
    assumeRolePolicy: trustPolicy('ec2.amazonaws.com'),
    permissionsBoundary: permissionsBoundary(environment),
  });
  const { partition } = new DataAwsPartition(scope, 'partition');
  const attachments = Object.entries(POLICIES).map(
    ([id, path]) =>
      new IamRolePolicyAttachment(scope, `instance-role-${id}`, {
        role: role.name,
        policyArn: `arn:${partition}:iam::aws:policy/${path}`,
      }),
  );
  const profile = new IamInstanceProfile(scope, 'instance-profile', { name: role.name, role: role.name });
  return { profileName: profile.name, attachments };
}
