import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { type AlarmOptions, createAlarm } from './alarm.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const namespace = 'AWS/RDS';

type DatabaseAlarm = Pick<AlarmOptions, 'description' | 'alarmWhen' | 'threshold' | 'minutes' | 'metricName'>;

/** Of one machine: also its memory and storage. */
export function createInstanceAlarms(
  scope: Construct,
  environment: Environment,
  DBInstanceIdentifier: string,
  topicArn: string,
): void {
  const { databaseFreeStorageGiB, databaseFreeMemoryMiB } = environment.monitoring;
  createDatabaseAlarms(scope, environment, { DBInstanceIdentifier }, topicArn, {
    storage: {
      description: `The database has less than ${databaseFreeStorageGiB} GiB left.`,
      alarmWhen: 'below',
      threshold: databaseFreeStorageGiB * GIB,
      minutes: 5,
      metricName: 'FreeStorageSpace',
    },
    memory: {
      description: `The database has less than ${databaseFreeMemoryMiB} MiB of memory left.`,
      alarmWhen: 'below',
      threshold: databaseFreeMemoryMiB * MIB,
      minutes: 10,
      metricName: 'FreeableMemory',
    },
  });
}

/** Storage and memory of Aurora grow by themselves; its capacity has a maximum. */
export function createAuroraAlarms(
  scope: Construct,
  environment: Environment,
  DBClusterIdentifier: string,
  topicArn: string,
): void {
  const { databaseCapacityPercent } = environment.monitoring;
  createDatabaseAlarms(scope, environment, { DBClusterIdentifier }, topicArn, {
    capacity: {
      description: `The database uses more than ${databaseCapacityPercent} % of its maximum capacity.`,
      alarmWhen: 'above',
      threshold: databaseCapacityPercent,
      minutes: 10,
      metricName: 'ACUUtilization',
    },
  });
}

function createDatabaseAlarms(
  scope: Construct,
  { prefix, monitoring }: Environment,
  dimensions: Record<string, string>,
  topicArn: string,
  others: Record<string, DatabaseAlarm>,
): void {
  const alarms: Record<string, DatabaseAlarm> = {
    cpu: {
      description: `The database's CPU is above ${monitoring.databaseCpuPercent} %.`,
      alarmWhen: 'above',
      threshold: monitoring.databaseCpuPercent,
      minutes: 10,
      metricName: 'CPUUtilization',
    },
    ...others,
    connections: {
      description: `More than ${monitoring.databaseConnections} connections to the database are open.`,
      alarmWhen: 'above',
      threshold: monitoring.databaseConnections,
      minutes: 5,
      metricName: 'DatabaseConnections',
    },
  };
  for (const [name, alarm] of Object.entries(alarms))
    createAlarm(scope, topicArn, {
      name: `${prefix}-database-${name}`,
      namespace,
      dimensions,
      statistic: 'Average',
      ...alarm,
    });
}
