import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { NewDatabase } from '../../environments/settings/database.ts';
import { allowIngress, singlePort, createSecurityGroup } from '../security-groups/rules.ts';
import { createDatabaseAlarms } from '../monitoring/database-alarms.ts';
import { createGeneratedSecret } from '../secrets/secret.ts';
import type { Database, DatabaseContext } from './database.ts';
import { NAME, PORT } from './url.ts';
import { createUrlSecrets } from './url-secrets.ts';

export function createDatabase(
  scope: Construct,
  environment: Environment,
  settings: NewDatabase,
  { network, securityGroups, alarmTopicArn }: DatabaseContext,
): Database {
  const { prefix } = environment;
  const group = createSecurityGroup(scope, 'database-group', `${prefix}-database`, network.vpcId, 'The database');
  allowIngress(scope, 'database-from-api', group, securityGroups.fromApi, singlePort(PORT));
  const subnets = new DbSubnetGroup(scope, 'subnets', { name: prefix, subnetIds: network.privateSubnetIds });
  const password = createGeneratedSecret(scope, environment, 'database-password');
  const instance = new DbInstance(scope, 'instance', {
    identifier: prefix,
    engine: 'postgres',
    engineVersion: settings.engineVersion,
    instanceClass: settings.instanceClass,
    allocatedStorage: settings.storageGiB,
    maxAllocatedStorage: settings.maxStorageGiB,
    storageType: 'gp3',
    storageEncrypted: true,
    dbName: NAME,
    username: NAME,
    passwordWo: password.value,
    passwordWoVersion: 1,
    port: PORT,
    dbSubnetGroupName: subnets.name,
    vpcSecurityGroupIds: [group],
    publiclyAccessible: false,
    multiAz: settings.multiAz,
    backupRetentionPeriod: settings.backupDays,
    copyTagsToSnapshot: true,
    deletionProtection: settings.deletionProtection,
    skipFinalSnapshot: !settings.finalSnapshot,
    ...(settings.finalSnapshot && {
      // The VPC's id differs each time, so that the snapshots of two lives of an environment do not collide.
      finalSnapshotIdentifier: `${prefix}-final-${network.vpcId}`,
    }),
    autoMinorVersionUpgrade: true,
    enabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
    performanceInsightsEnabled: settings.performanceInsights,
  });
  createDatabaseAlarms(scope, environment, instance.identifier, alarmTopicArn);
  return { ...createUrlSecrets(scope, environment, password.value, instance.address), tls: 'verify' };
}
