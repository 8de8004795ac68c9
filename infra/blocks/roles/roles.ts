import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import { DataAwsIamRole } from '@cdktf/provider-aws/lib/data-aws-iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { ExistingRoles } from '../../environments/settings/roles.ts';
import { trustPolicy, permissionsBoundary, policyDocument, type Statement } from './policy.ts';

export interface TaskRoles {
  taskRoleArn: string;
  executionRoleArn: string;
}

/** AWS offers no narrower resource for these. */
const EXEC_ACTIONS = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map(
  (action) => `ssmmessages:${action}`,
);

/** What a container needs of AWS before it starts. */
export interface ExecutionPermissions {
  /** Whether ECS Exec may open a shell in its tasks. */
  exec?: boolean;
  /** Of the image; undefined: a public one. */
  repositoryArn?: string;
  logGroupArn: string;
  secretArns: string[];
}

/** Roles for one kind of task. Looked-up ones are the same for all. */
export function createOrLookUpTaskRoles(
  scope: Construct,
  environment: Environment,
  name: string,
  permissions: ExecutionPermissions,
): TaskRoles {
  const { roles, prefix } = environment;
  if (roles.from === 'existing') return lookUp(scope, name, roles);
  const account = new DataAwsCallerIdentity(scope, `${name}-account`);
  const role = (kind: string) =>
    new IamRole(scope, `${name}-${kind}`, {
      name: `${prefix}-${name}-${kind}`,
      assumeRolePolicy: trustPolicy('ecs-tasks.amazonaws.com', account.accountId),
      permissionsBoundary: permissionsBoundary(environment),
    });
  // The services call no AWS API, so the task role has a policy only for ECS Exec.
  const task = role('task');
  if (permissions.exec)
    new IamRolePolicy(scope, `${name}-task-exec`, {
      name: 'ecs-exec',
      role: task.name,
      policy: policyDocument([{ actions: EXEC_ACTIONS, resources: ['*'] }]),
    });
  const execution = role('execution');
  new IamRolePolicy(scope, `${name}-execution-policy`, {
    name: 'start-the-task',
    role: execution.name,
    policy: policyDocument(statementsFor(permissions)),
  });
  return { taskRoleArn: task.arn, executionRoleArn: execution.arn };
}

function statementsFor({ repositoryArn, logGroupArn, secretArns }: ExecutionPermissions): Statement[] {
  const pull: Statement[] = repositoryArn
    ? [
        // The token is the registry's; AWS offers no narrower resource.
        { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
        {
          actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          resources: [repositoryArn],
        },
      ]
    : [];
  return [
    ...pull,
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`${logGroupArn}:*`] },
    ...(secretArns.length > 0 ? [{ actions: ['secretsmanager:GetSecretValue'], resources: secretArns }] : []),
  ];
}

function lookUp(scope: Construct, name: string, { taskRole, executionRole }: ExistingRoles): TaskRoles {
  const arnOf = (kind: string, nameOrArn: string) =>
    nameOrArn.startsWith('arn:')
      ? nameOrArn
      : new DataAwsIamRole(scope, `${name}-${kind}-role`, { name: nameOrArn }).arn;
  return { taskRoleArn: arnOf('task', taskRole!), executionRoleArn: arnOf('execution', executionRole!) };
}
