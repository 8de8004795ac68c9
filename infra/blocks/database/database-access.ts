import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { createGeneratedSecret } from '../secrets/secret.ts';
import type { Secret } from '../secrets/stored-secret.ts';
import { allowIngress, createSecurityGroup, singlePort } from '../security-groups/rules.ts';
import type { DatabaseContext } from './database.ts';
import { PORT } from './url.ts';

export interface DatabaseAccess {
  subnetGroupName: string;
  securityGroupId: string;
  /** Of the schema's owner. */
  password: Secret;
}

/** Where a database of RDS or Aurora stands, who reaches it, and with which password. */
export function createDatabaseAccess(
  scope: Construct,
  environment: Environment,
  passwordVersion: number,
  { network, securityGroups }: DatabaseContext,
): DatabaseAccess {
  const { prefix } = environment;
  const group = createSecurityGroup(scope, 'database-group', `${prefix}-database`, network.vpcId, 'The database');
  allowIngress(scope, 'database-from-api', group, securityGroups.fromApi, singlePort(PORT));
  const subnets = new DbSubnetGroup(scope, 'subnets', { name: prefix, subnetIds: network.privateSubnetIds });
  const password = createGeneratedSecret(scope, environment, 'database-password', passwordVersion);
  return { subnetGroupName: subnets.name, securityGroupId: group, password };
}

/** The VPC's id differs each time, so that the snapshots of two lives of an environment do not collide. */
export const lastSnapshot = ({ prefix }: Environment, isTaken: boolean, { network }: DatabaseContext) => ({
  skipFinalSnapshot: !isTaken,
  ...(isTaken && { finalSnapshotIdentifier: `${prefix}-final-${network.vpcId}` }),
});
