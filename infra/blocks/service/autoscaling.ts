import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import { AppautoscalingScheduledAction } from '@cdktf/provider-aws/lib/appautoscaling-scheduled-action/index.js';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target/index.js';
import type { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import type { Construct } from 'constructs';
import type { ServiceSettings } from '../../environments/settings/service.ts';
import type { TargetGroup } from '../load-balancer/load-balancer.ts';

type Metric = [id: string, targetValue: number, predefinedMetricType: string, resourceLabel?: string];

/** Target tracking; Application Auto Scaling takes the largest of the policies' results. */
export function createAutoscaling(
  scope: Construct,
  name: string,
  settings: ServiceSettings,
  clusterName: string,
  service: EcsService,
  targetGroup: TargetGroup,
): void {
  if (settings.maxCount === settings.minCount) return;
  const target = new AppautoscalingTarget(scope, `${name}-scaling`, {
    serviceNamespace: 'ecs',
    scalableDimension: 'ecs:service:DesiredCount',
    resourceId: `service/${clusterName}/${service.name}`,
    minCapacity: settings.minCount,
    maxCapacity: settings.maxCount,
  });
  const of = { serviceNamespace: 'ecs', scalableDimension: target.scalableDimension, resourceId: target.resourceId };
  const requests = `${targetGroup.loadBalancerArnSuffix}/${targetGroup.arnSuffix}`;
  const memory: Metric[] = settings.targetMemoryPercent
    ? [['memory', settings.targetMemoryPercent, 'ECSServiceAverageMemoryUtilization']]
    : [];
  const metrics: Metric[] = [
    ['cpu', settings.targetCpuPercent, 'ECSServiceAverageCPUUtilization'],
    ...memory,
    ['requests', settings.targetRequestsPerMinute, 'ALBRequestCountPerTarget', requests],
  ];
  for (const [id, targetValue, predefinedMetricType, resourceLabel] of metrics)
    new AppautoscalingPolicy(scope, `${name}-scaling-${id}`, {
      name: `${service.name}-${id}`,
      policyType: 'TargetTrackingScaling',
      ...of,
      targetTrackingScalingPolicyConfiguration: {
        targetValue,
        scaleOutCooldown: settings.scaleOutSeconds,
        scaleInCooldown: settings.scaleInSeconds,
        predefinedMetricSpecification: { predefinedMetricType, resourceLabel },
      },
    });
  for (const { name: id, schedule, minCount, maxCount } of settings.scheduled)
    new AppautoscalingScheduledAction(scope, `${name}-schedule-${id}`, {
      name: `${service.name}-${id}`,
      ...of,
      schedule,
      scalableTargetAction: { minCapacity: String(minCount), maxCapacity: String(maxCount) },
    });
}
