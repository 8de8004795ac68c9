import type { Construct } from 'constructs';
import type { Environment, ServiceName } from '../../environments/environment.ts';
import type { Front } from '../load-balancer/load-balancer.ts';
import { alarm } from './alarm.ts';

const namespace = 'AWS/ApplicationELB';

/** What a user would notice of a service. */
export function serviceAlarms(
  scope: Construct,
  { prefix, observation }: Environment,
  service: ServiceName,
  front: Front,
  topicArn: string,
): void {
  const name = (what: string) => `${prefix}-${service}-${what}`;
  const dimensions = { LoadBalancer: front.loadBalancerSuffix, TargetGroup: front.targetGroupSuffix };
  const sum = (id: string, metricName: string) => ({
    id,
    metric: { namespace, metricName, dimensions, period: 60, stat: 'Sum' },
  });
  alarm(scope, topicArn, {
    name: name('errors'),
    description: `More than ${observation.errorPercent} % of the answers of the ${service} are 5xx.`,
    bad: 'above',
    threshold: observation.errorPercent,
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
  alarm(scope, topicArn, {
    name: name('slow'),
    description: `One answer of the ${service} in a hundred takes longer than ${observation.p99Seconds} s.`,
    bad: 'above',
    threshold: observation.p99Seconds,
    minutes: 5,
    namespace,
    metricName: 'TargetResponseTime',
    dimensions,
    extendedStatistic: 'p99',
  });
  alarm(scope, topicArn, {
    name: name('unhealthy'),
    description: `A task of the ${service} fails its health check.`,
    bad: 'above',
    threshold: 0,
    minutes: 5,
    namespace,
    metricName: 'UnHealthyHostCount',
    dimensions,
    statistic: 'Maximum',
  });
  alarm(scope, topicArn, {
    name: name('down'),
    description: `No task of the ${service} answers.`,
    bad: 'below',
    threshold: 1,
    minutes: 2,
    // A load balancer without targets reports nothing at all.
    silence: 'breaching',
    namespace,
    metricName: 'HealthyHostCount',
    dimensions,
    statistic: 'Minimum',
  });
}
