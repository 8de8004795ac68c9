import type { Environment } from '../../environments/environment.ts';
import { partitionOf } from '../../environments/partition.ts';

export interface Statement {
  /** Default: Allow. */
  effect?: 'Deny';
  actions: string[];
  resources: string[];
  condition?: object;
}

/** @param sourceAccount the account on whose behalf the service may assume the role; against the confused deputy */
export const trustPolicy = (service: string, sourceAccount?: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: service },
        ...(sourceAccount && { Condition: { StringEquals: { 'aws:SourceAccount': sourceAccount } } }),
      },
    ],
  });

export const policyDocument = (statements: Statement[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ effect = 'Allow', actions, resources, condition }) => ({
      Effect: effect,
      Action: actions,
      Resource: resources,
      ...(condition && { Condition: condition }),
    })),
  });

/** PowerUserAccess excludes IAM, so no role of a deployment can extend its own permissions. Undefined: roles are looked up. */
export const permissionsBoundary = ({ roles, region }: Environment): string | undefined =>
  roles.from === 'create'
    ? (roles.permissionsBoundaryArn ?? `arn:${partitionOf(region)}:iam::aws:policy/PowerUserAccess`)
    : undefined;
