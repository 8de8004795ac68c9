import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { alarm } from './alarm.ts';

const GIB = 1024 ** 3;

export function databaseAlarms(
  scope: Construct,
  { prefix, observation }: Environment,
  identifier: string,
  topicArn: string,
): void {
  const metric = { namespace: 'AWS/RDS', dimensions: { DBInstanceIdentifier: identifier }, statistic: 'Average' };
  alarm(scope, topicArn, {
    name: `${prefix}-database-cpu`,
    description: `The database's CPU is above ${observation.databaseCpuPercent} %.`,
    bad: 'above',
    threshold: observation.databaseCpuPercent,
    minutes: 10,
    metricName: 'CPUUtilization',
    ...metric,
  });
  alarm(scope, topicArn, {
    name: `${prefix}-database-storage`,
    description: `The database has less than ${observation.databaseFreeStorageGiB} GiB left.`,
    bad: 'below',
    threshold: observation.databaseFreeStorageGiB * GIB,
    minutes: 5,
    metricName: 'FreeStorageSpace',
    ...metric,
  });
}
