import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { NewDatabase } from '../../environments/settings/database.ts';
import { createInstanceAlarms } from '../monitoring/database-alarms.ts';
import { createDatabaseAccess, lastSnapshot } from './database-access.ts';
import type { Database, DatabaseContext } from './database.ts';
import { NAME, PORT } from './url.ts';
import { createUrlSecrets } from './url-secrets.ts';

export function createDatabase(
  scope: Construct,
  environment: Environment,
  settings: NewDatabase,
  context: DatabaseContext,
): Database {
  const { passwordVersion } = settings;
  const access = createDatabaseAccess(scope, environment, passwordVersion, context);
  const instance = new DbInstance(scope, 'instance', {
    identifier: environment.prefix,
    engine: 'postgres',
    engineVersion: settings.engineVersion,
    instanceClass: settings.instanceClass,
    allocatedStorage: settings.storageGiB,
    maxAllocatedStorage: settings.maxStorageGiB,
    storageType: 'gp3',
    storageEncrypted: true,
    dbName: NAME,
    username: NAME,
    passwordWo: access.password.value,
    passwordWoVersion: passwordVersion,
    port: PORT,
    dbSubnetGroupName: access.subnetGroupName,
    vpcSecurityGroupIds: [access.securityGroupId],
    publiclyAccessible: false,
    multiAz: settings.multiAz,
    backupRetentionPeriod: settings.backupDays,
    copyTagsToSnapshot: true,
    deletionProtection: settings.deletionProtection,
    ...lastSnapshot(environment, settings.finalSnapshot, context),
    autoMinorVersionUpgrade: true,
    enabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
    performanceInsightsEnabled: settings.performanceInsights,
  });
  createInstanceAlarms(scope, environment, instance.identifier, context.alarmTopicArn);
  const urls = createUrlSecrets(scope, environment, access.password.value, { host: instance.address }, passwordVersion);
  return { ...urls, tls: 'verify' };
}
