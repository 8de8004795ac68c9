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
  /** Which side of the threshold is bad. */
  alarmWhen: 'above' | 'below';
  /** What no data means. Default: nothing is wrong. */
  missingData?: 'breaching' | 'notBreaching';
  minutes: number;
}

/** Looks at each minute; goes off when three in five of the last `minutes` were bad, and tells when it is over. */
export function createAlarm(scope: Construct, topicArn: string, options: AlarmOptions): void {
  const { name, description, alarmWhen, missingData = 'notBreaching', minutes, ...metric } = options;
  new CloudwatchMetricAlarm(scope, `alarm-${name}`, {
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
