import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import type { Construct } from 'constructs';
import type { Environment, ServiceName } from '../../environments/environment.ts';
import type { TargetGroup } from '../load-balancer/load-balancer.ts';
import { createAlarm } from './alarm.ts';

const namespace = 'AWS/ApplicationELB';

/**
 * What a user would notice of a service.
 * @returns the alarms that end a deployment: those on errors, which have data only where there are requests
 */
export function createServiceAlarms(
  scope: Construct,
  { prefix, monitoring }: Environment,
  service: ServiceName,
  targetGroup: TargetGroup,
  topicArn: string,
): CloudwatchMetricAlarm[] {
  const name = (what: string) => `${prefix}-${service}-${what}`;
  const dimensions = { LoadBalancer: targetGroup.loadBalancerArnSuffix, TargetGroup: targetGroup.arnSuffix };
  const sum = (id: string, metricName: string) => ({
    id,
    metric: { namespace, metricName, dimensions, period: 60, stat: 'Sum' },
  });
  const errors = createAlarm(scope, topicArn, {
    name: name('errors'),
    description: `More than ${monitoring.errorPercent} % of the responses of the ${service} are 5xx.`,
    alarmWhen: 'above',
    threshold: monitoring.errorPercent,
    minutes: 5,
    metricQuery: [
      sum('errors', 'HTTPCode_Target_5XX_Count'),
      sum('requests', 'RequestCount'),
      {
        id: 'share',
        label: '5xx in percent of all',
        expression: 'IF(requests > 0, 100 * FILL(errors, 0) / requests, 0)',
        returnData: true,
      },
    ],
  });
  const loadBalancerErrors = createAlarm(scope, topicArn, {
    name: name('load-balancer-errors'),
    description: `The load balancer of the ${service} itself responds with 502, 503 or 504.`,
    alarmWhen: 'above',
    threshold: monitoring.loadBalancerErrors,
    minutes: 5,
    namespace,
    metricName: 'HTTPCode_ELB_5XX_Count',
    // These responses belong to no target group.
    dimensions: { LoadBalancer: targetGroup.loadBalancerArnSuffix },
    statistic: 'Sum',
  });
  createAlarm(scope, topicArn, {
    name: name('slow'),
    description: `1 % of the responses of the ${service} take longer than ${monitoring.p99Seconds} s.`,
    alarmWhen: 'above',
    threshold: monitoring.p99Seconds,
    minutes: 5,
    namespace,
    metricName: 'TargetResponseTime',
    dimensions,
    extendedStatistic: 'p99',
  });
  createAlarm(scope, topicArn, {
    name: name('unhealthy'),
    description: `A task of the ${service} fails its health check.`,
    alarmWhen: 'above',
    threshold: 0,
    minutes: 5,
    namespace,
    metricName: 'UnHealthyHostCount',
    dimensions,
    statistic: 'Maximum',
  });
  createAlarm(scope, topicArn, {
    name: name('down'),
    description: `No task of the ${service} is healthy.`,
    alarmWhen: 'below',
    threshold: 1,
    minutes: 2,
    // A load balancer without targets reports nothing at all.
    missingData: 'breaching',
    namespace,
    metricName: 'HealthyHostCount',
    dimensions,
    statistic: 'Minimum',
  });
  return [errors, loadBalancerErrors];
}
