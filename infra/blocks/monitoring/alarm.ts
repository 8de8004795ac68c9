import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import type { Construct } from 'constructs';

export interface AlarmOptions extends Pick<
  CloudwatchMetricAlarmConfig,
  'metricName' | 'namespace' | 'dimensions' | 'statistic' | 'extendedStatistic' | 'metricQuery' | 'threshold'
> {
  name: string;
  description: string;
  /** Which side of the threshold breaches. */
  alarmWhen: 'above' | 'below';
  /** Default: notBreaching. */
  missingData?: 'breaching' | 'notBreaching';
  minutes: number;
}

/** Evaluates each minute; alarms when 60 % of the last `minutes` breach the threshold, and notifies again when it is over. */
export function createAlarm(scope: Construct, topicArn: string, options: AlarmOptions): CloudwatchMetricAlarm {
  const { name, description, alarmWhen, missingData = 'notBreaching', minutes, ...metric } = options;
  return new CloudwatchMetricAlarm(scope, `alarm-${name}`, {
    alarmName: name,
    alarmDescription: description,
    comparisonOperator: alarmWhen === 'above' ? 'GreaterThanThreshold' : 'LessThanThreshold',
    evaluationPeriods: minutes,
    datapointsToAlarm: Math.ceil(minutes * 0.6),
    ...(metric.metricQuery ? {} : { period: 60 }),
    treatMissingData: missingData,
    alarmActions: [topicArn],
    okActions: [topicArn],
    ...metric,
  });
}
