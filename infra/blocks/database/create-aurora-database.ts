import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance/index.js';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { AuroraDatabase } from '../../environments/settings/database.ts';
import { createAuroraAlarms } from '../monitoring/database-alarms.ts';
import { createDatabaseAccess, lastSnapshot } from './database-access.ts';
import type { Database, DatabaseContext } from './database.ts';
import { NAME, PORT } from './url.ts';
import { createUrlSecrets } from './url-secrets.ts';

/**
 * A writer and its readers. The API connects to the writer's endpoint, which follows a failover, and reads what may be a few
 * seconds old at the readers'.
 */
export function createAuroraDatabase(
  scope: Construct,
  environment: Environment,
  settings: AuroraDatabase,
  context: DatabaseContext,
): Database {
  const { prefix } = environment;
  const { minCapacity, maxCapacity, passwordVersion } = settings;
  const access = createDatabaseAccess(scope, environment, passwordVersion, context);
  const cluster = new RdsCluster(scope, 'cluster', {
    clusterIdentifier: prefix,
    engine: 'aurora-postgresql',
    // Serverless v2 is a class of instances; the mode "serverless" is its predecessor.
    engineMode: 'provisioned',
    engineVersion: settings.engineVersion,
    serverlessv2ScalingConfiguration: { minCapacity, maxCapacity },
    storageEncrypted: true,
    databaseName: NAME,
    masterUsername: NAME,
    masterPasswordWo: access.password.value,
    masterPasswordWoVersion: passwordVersion,
    port: PORT,
    dbSubnetGroupName: access.subnetGroupName,
    vpcSecurityGroupIds: [access.securityGroupId],
    backupRetentionPeriod: settings.backupDays,
    copyTagsToSnapshot: true,
    deletionProtection: settings.deletionProtection,
    ...lastSnapshot(environment, settings.finalSnapshot, context),
    enabledCloudwatchLogsExports: ['postgresql'],
  });
  for (let number = 0; number <= settings.readers; number += 1)
    new RdsClusterInstance(scope, `instance-${number}`, {
      identifier: `${prefix}-${number}`,
      clusterIdentifier: cluster.clusterIdentifier,
      engine: cluster.engine,
      engineVersion: cluster.engineVersion,
      instanceClass: 'db.serverless',
      // Up to 1, a reader has the writer's capacity, so that it can take over its load.
      promotionTier: Math.min(number, 1),
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      performanceInsightsEnabled: settings.performanceInsights,
    });
  createAuroraAlarms(scope, environment, cluster.clusterIdentifier, context.alarmTopicArn);
  const hosts = { host: cluster.endpoint, readHost: settings.readers > 0 ? cluster.readerEndpoint : undefined };
  const urls = createUrlSecrets(scope, environment, access.password.value, hosts, passwordVersion);
  return { ...urls, tls: 'verify' };
}
