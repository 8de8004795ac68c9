import type { Environment } from '../../environments/environment.ts';
import { partitionOf } from '../../environments/partition.ts';
import { permissionsBoundary, type Statement } from '../roles/policy.ts';

/** Of the services that the deployment's roles are for. */
const SERVICES = ['ecs-tasks.amazonaws.com', 'ec2.amazonaws.com', 'vpc-flow-logs.amazonaws.com'];

const iam = (...actions: string[]): string[] => actions.map((action) => `iam:${action}`);

/**
 * What a deployment needs of IAM beside PowerUserAccess, which excludes IAM: roles whose names begin with the environment's
 * prefix, each with the permissions boundary, so that no role that it creates can do more. Its own two roles are excluded.
 */
export function deployPermissions(environment: Environment, account: string): Statement[] {
  const { prefix, region } = environment;
  const arn = (resource: string) => `arn:${partitionOf(region)}:iam::${account}:${resource}`;
  const roles = arn(`role/${prefix}-*`);
  return [
    {
      actions: iam(
        'CreateRole',
        'AttachRolePolicy',
        'DetachRolePolicy',
        'PutRolePolicy',
        'DeleteRolePolicy',
        'PutRolePermissionsBoundary',
      ),
      resources: [roles],
      condition: { StringEquals: { 'iam:PermissionsBoundary': permissionsBoundary(environment) } },
    },
    {
      actions: iam(
        'DeleteRole',
        'GetRole',
        'GetRolePolicy',
        'ListAttachedRolePolicies',
        'ListInstanceProfilesForRole',
        'ListRolePolicies',
        'ListRoleTags',
        'TagRole',
        'UntagRole',
        'UpdateAssumeRolePolicy',
        'UpdateRole',
      ),
      resources: [roles],
    },
    {
      actions: iam('PassRole'),
      resources: [roles],
      condition: { StringEquals: { 'iam:PassedToService': SERVICES } },
    },
    {
      actions: iam(
        'AddRoleToInstanceProfile',
        'CreateInstanceProfile',
        'DeleteInstanceProfile',
        'GetInstanceProfile',
        'RemoveRoleFromInstanceProfile',
        'TagInstanceProfile',
        'UntagInstanceProfile',
      ),
      resources: [arn(`instance-profile/${prefix}-*`)],
    },
    { effect: 'Deny', actions: ['iam:*'], resources: [arn(`role/${prefix}-deploy`), arn(`role/${prefix}-plan`)] },
  ];
}
