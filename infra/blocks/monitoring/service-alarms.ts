import type { Construct } from 'constructs';
import type { Environment, ServiceName } from '../../environments/environment.ts';
import type { TargetGroup } from '../load-balancer/load-balancer.ts';
import { createAlarm } from './alarm.ts';

const namespace = 'AWS/ApplicationELB';

/** What a user would notice of a service. */
export function createServiceAlarms(
  scope: Construct,
  { prefix, monitoring }: Environment,
  service: ServiceName,
  targetGroup: TargetGroup,
  topicArn: string,
): void {
  const name = (what: string) => `${prefix}-${service}-${what}`;
  const dimensions = { LoadBalancer: targetGroup.loadBalancerArnSuffix, TargetGroup: targetGroup.arnSuffix };
  const sum = (id: string, metricName: string) => ({
    id,
    metric: { namespace, metricName, dimensions, period: 60, stat: 'Sum' },
  });
  createAlarm(scope, topicArn, {
    name: name('errors'),
    description: `More than ${monitoring.errorPercent} % of the answers of the ${service} are 5xx.`,
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
  createAlarm(scope, topicArn, {
    name: name('slow'),
    description: `One answer of the ${service} in a hundred takes longer than ${monitoring.p99Seconds} s.`,
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
    description: `No task of the ${service} answers.`,
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
}
