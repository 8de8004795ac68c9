import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
import type { Construct } from 'constructs';
import { type Environment, serviceNames } from '../../environments/environment.ts';
import type { LoadBalancer } from '../load-balancer/load-balancer.ts';

type Metric = (string | { stat: string })[];

/** A row for each service: traffic and errors, latency, tasks, CPU and memory. */
export function createDashboard(
  scope: Construct,
  { prefix, region }: Environment,
  { targetGroups }: LoadBalancer,
  clusterName: string,
): void {
  const widgets = serviceNames.flatMap((service, row) => {
    const { loadBalancerArnSuffix, arnSuffix } = targetGroups[service];
    const alb = (name: string, stat: string): Metric => [
      'AWS/ApplicationELB',
      name,
      'TargetGroup',
      arnSuffix,
      'LoadBalancer',
      loadBalancerArnSuffix,
      { stat },
    ];
    const ecs = (name: string): Metric => [
      'AWS/ECS',
      name,
      'ClusterName',
      clusterName,
      'ServiceName',
      `${prefix}-${service}`,
      { stat: 'Average' },
    ];
    const graphs: [string, Metric[]][] = [
      ['requests and errors', [alb('RequestCount', 'Sum'), alb('HTTPCode_Target_5XX_Count', 'Sum')]],
      ['latency in s', [alb('TargetResponseTime', 'p50'), alb('TargetResponseTime', 'p99')]],
      ['tasks', [alb('HealthyHostCount', 'Minimum'), alb('UnHealthyHostCount', 'Maximum')]],
      ['CPU and memory in %', [ecs('CPUUtilization'), ecs('MemoryUtilization')]],
    ];
    return graphs.map(([title, metrics], column) => ({
      type: 'metric',
      x: column * 6,
      y: row * 6,
      width: 6,
      height: 6,
      properties: { title: `${service}: ${title}`, region, period: 60, metrics },
    }));
  });
  new CloudwatchDashboard(scope, 'dashboard', { dashboardName: prefix, dashboardBody: JSON.stringify({ widgets }) });
}
