import type { RolesSettings } from '../../environments/settings/roles.ts';

export interface Statement {
  actions: string[];
  resources: string[];
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
    Statement: statements.map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources })),
  });

export const permissionsBoundary = (roles: RolesSettings): string | undefined =>
  roles.from === 'create' ? roles.permissionsBoundaryArn : undefined;
