import type { IAM } from '@aws-sdk/client-iam';
import { regexOf } from '../wildcards.ts';

export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  Resource?: string | string[];
  Condition?: unknown;
}

/** Source: IAM user guide, "Policy evaluation logic": an explicit deny wins, and nothing is allowed by itself. */
export function allows(statements: Statement[], action: string, resource: string): boolean {
  const applying = statements.filter(
    (it) =>
      matchesAny(it.Action, action, 'i') && matchesAny(it.Resource ?? '*', resource, '') && it.Condition === undefined,
  );
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny');
}

const matchesAny = (patterns: string | string[] | undefined, value: string, flags: string): boolean =>
  [patterns ?? []].flat().some((pattern) => new RegExp(regexOf(pattern), flags).test(value));

/** Everything that a role's own and attached policies say. */
export async function statementsOf(iam: IAM, roleArn: string): Promise<Statement[]> {
  const RoleName = roleArn.split('/').at(-1)!;
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  const own = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await iam.getRolePolicy({ RoleName, PolicyName });
    return PolicyDocument;
  });
  const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName });
  const attached = AttachedPolicies.map(async ({ PolicyArn }) => {
    const { Policy } = await iam.getPolicy({ PolicyArn });
    const version = { PolicyArn, VersionId: Policy!.DefaultVersionId };
    const { PolicyVersion } = await iam.getPolicyVersion(version);
    return PolicyVersion!.Document;
  });
  const documents = await Promise.all([...own, ...attached]);
  return documents.flatMap((text) =>
    [JSON.parse(decodeURIComponent(text!)).Statement as Statement | Statement[]].flat(),
  );
}
