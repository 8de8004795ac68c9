import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { createAlarm } from './alarm.ts';

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
}
