import { GetRoleCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import type { Aws } from '../../deploy/aws/clients.ts';
import type { RoleFacts } from '../facts.ts';
import { readFact } from './fact.ts';

/** Actions that a role needs, and the resources that it needs them on. */
export interface NeededPermission {
  actions: string[];
  resources: string[];
}

/**
 * @param nameOrArn of the role
 * @param needed given the role's own partition and account; undefined: nothing
 */
export async function readRole(
  aws: Aws,
  nameOrArn: string,
  needed?: (partition: string, account: string) => NeededPermission[],
): Promise<RoleFacts | undefined> {
  const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: nameOrArn.split('/').at(-1) }));
  if (!Role) return undefined;
  const [, partition = '', , , account = ''] = Role.Arn!.split(':');
  return {
    arn: Role.Arn!,
    trustsTasks: trusts(decodeURIComponent(Role.AssumeRolePolicyDocument ?? '{}'), 'ecs-tasks.amazonaws.com'),
    ...(needed && { denied: await readFact(() => simulate(aws, Role.Arn!, needed(partition, account))) }),
  };
}

/** A policy may allow an action on some resources only, so each is simulated with the resources that it is needed on. */
async function simulate({ iam }: Aws, arn: string, needed: NeededPermission[]): Promise<string[]> {
  const results = await Promise.all(
    needed.map(async ({ actions, resources }) => {
      const { EvaluationResults = [] } = await iam.send(
        new SimulatePrincipalPolicyCommand({ PolicySourceArn: arn, ActionNames: actions, ResourceArns: resources }),
      );
      return EvaluationResults.flatMap(({ EvalActionName, EvalResourceName, EvalDecision, ResourceSpecificResults }) =>
        ResourceSpecificResults?.length
          ? ResourceSpecificResults.map((it) => [EvalActionName, it.EvalResourceName, it.EvalResourceDecision] as const)
          : [[EvalActionName, EvalResourceName, EvalDecision] as const],
      );
    }),
  );
  const denied = results.flat().filter(([, , decision]) => decision !== 'allowed');
  return [...new Set(denied.map(([action, resource]) => `${action} on ${resource}`))];
}

/** Whether a trust policy lets a service of AWS assume the role. */
function trusts(policy: string, service: string): boolean {
  const { Statement = [] } = JSON.parse(policy) as { Statement?: TrustStatement | TrustStatement[] };
  return [Statement].flat().some(({ Effect, Principal }) => {
    const principals = typeof Principal === 'string' ? [Principal] : [Principal?.Service ?? []].flat();
    return Effect === 'Allow' && (principals.includes(service) || principals.includes('*'));
  });
}

interface TrustStatement {
  Effect?: string;
  Principal?: string | { Service?: string | string[] };
}

/** @returns the names below our prefix that are deleted and still taken */
export async function readDeletedSecrets({ secrets }: Aws, prefix: string): Promise<string[]> {
  const { SecretList = [] } = await secrets.send(
    new ListSecretsCommand({ IncludePlannedDeletion: true, Filters: [{ Key: 'name', Values: [`${prefix}/`] }] }),
  );
  return SecretList.filter(({ DeletedDate }) => DeletedDate !== undefined).map(({ Name }) => Name!);
}
