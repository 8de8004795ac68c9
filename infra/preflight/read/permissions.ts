import { GetRoleCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import type { Aws } from '../../deploy/aws/clients.ts';
import type { RoleFacts } from '../facts.ts';

/** What ECS calls with the execution role before a task starts. */
export const EXECUTION_ACTIONS = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'secretsmanager:GetSecretValue',
];

/** @param nameOrArn of the role */
export async function readRole({ iam }: Aws, nameOrArn: string, actions: string[]): Promise<RoleFacts | undefined> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: nameOrArn.split('/').at(-1) }));
  if (!Role) return undefined;
  const arn = Role.Arn!;
  if (actions.length === 0) return { arn, denied: [] };
  const { EvaluationResults = [] } = await iam.send(
    new SimulatePrincipalPolicyCommand({ PolicySourceArn: arn, ActionNames: actions }),
  );
  const denied = EvaluationResults.filter(({ EvalDecision }) => EvalDecision !== 'allowed');
  return { arn, denied: denied.map(({ EvalActionName }) => EvalActionName!) };
}

/** @returns the names below our prefix that are deleted and still taken */
export async function readDeletedSecrets({ secrets }: Aws, prefix: string): Promise<string[]> {
  const { SecretList = [] } = await secrets.send(
    new ListSecretsCommand({ IncludePlannedDeletion: true, Filters: [{ Key: 'name', Values: [`${prefix}/`] }] }),
  );
  return SecretList.filter(({ DeletedDate }) => DeletedDate !== undefined).map(({ Name }) => Name!);
}
