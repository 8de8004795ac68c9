import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { partitionOf } from '../../environments/partition.ts';
import type { Pipeline } from '../../environments/settings/pipeline.ts';
import { policyDocument, type Statement } from '../roles/policy.ts';
import { deployPermissions } from './deploy-permissions.ts';
import { createOrLookUpIdentityProvider } from './identity-provider.ts';
import { planPermissions } from './plan-permissions.ts';
import { githubTrust, subjects } from './trust.ts';

type RoleName = keyof typeof subjects;

/** @returns the ARNs of the role that deploys on a tag, and of the one that plans for a pull request */
export function createPipelineRoles(
  scope: Construct,
  environment: Environment,
  pipeline: Pipeline,
): Record<RoleName, string> {
  const provider = createOrLookUpIdentityProvider(scope, pipeline);
  const { accountId } = new DataAwsCallerIdentity(scope, 'account');
  const role = (name: RoleName, managedPolicy: string, statements: Statement[]): string => {
    const role = new IamRole(scope, name, {
      name: `${environment.prefix}-${name}`,
      assumeRolePolicy: githubTrust(provider, subjects[name](pipeline.repository)),
    });
    new IamRolePolicyAttachment(scope, `${name}-managed-policy`, {
      role: role.name,
      policyArn: `arn:${partitionOf(environment.region)}:iam::aws:policy/${managedPolicy}`,
    });
    new IamRolePolicy(scope, `${name}-policy`, { name, role: role.name, policy: policyDocument(statements) });
    return role.arn;
  };
  return {
    deploy: role('deploy', 'PowerUserAccess', deployPermissions(environment, accountId)),
    plan: role('plan', 'ReadOnlyAccess', planPermissions(environment, accountId)),
  };
}
