import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { createAlarm } from './alarm.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

export function createDatabaseAlarms(
  scope: Construct,
  { prefix, monitoring }: Environment,
  identifier: string,
  topicArn: string,
): void {
  const metric = { namespace: 'AWS/RDS', dimensions: { DBInstanceIdentifier: identifier }, statistic: 'Average' };
  createAlarm(scope, topicArn, {
    name: `${prefix}-database-cpu`,
    description: `The database's CPU is above ${monitoring.databaseCpuPercent} %.`,
    alarmWhen: 'above',
    threshold: monitoring.databaseCpuPercent,
    minutes: 10,
    metricName: 'CPUUtilization',
    ...metric,
  });
  createAlarm(scope, topicArn, {
    name: `${prefix}-database-storage`,
    description: `The database has less than ${monitoring.databaseFreeStorageGiB} GiB left.`,
    alarmWhen: 'below',
    threshold: monitoring.databaseFreeStorageGiB * GIB,
    minutes: 5,
    metricName: 'FreeStorageSpace',
    ...metric,
  });
  createAlarm(scope, topicArn, {
    name: `${prefix}-database-memory`,
    description: `The database has less than ${monitoring.databaseFreeMemoryMiB} MiB of memory left.`,
    alarmWhen: 'below',
    threshold: monitoring.databaseFreeMemoryMiB * MIB,
    minutes: 10,
    metricName: 'FreeableMemory',
    ...metric,
  });
  createAlarm(scope, topicArn, {
    name: `${prefix}-database-connections`,
    description: `More than ${monitoring.databaseConnections} connections to the database are open.`,
    alarmWhen: 'above',
    threshold: monitoring.databaseConnections,
    minutes: 5,
    metricName: 'DatabaseConnections',
    ...metric,
  });
}
