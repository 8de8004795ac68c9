import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import type { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import type { Construct } from 'constructs';
import { ports } from '#runtime';
import { type Environment, networkMode, type ServiceName } from '../../environments/environment.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { TargetGroup } from '../load-balancer/load-balancer.ts';
import { launchConfiguration } from './launch-configuration.ts';

export interface ServiceContext {
  cluster: Cluster;
  targetGroup: TargetGroup;
  /** In alarm during a deployment, they end it and bring the previous tasks back. */
  deploymentAlarms: CloudwatchMetricAlarm[];
  /** For tasks in awsvpc mode. */
  subnetIds: string[];
  securityGroupId?: string;
}

export function createEcsService(
  scope: Construct,
  environment: Environment,
  name: ServiceName,
  task: EcsTaskDefinition,
  { cluster, targetGroup, deploymentAlarms, subnetIds, securityGroupId }: ServiceContext,
): EcsService {
  const settings = environment.services[name];
  const hasAddress = networkMode(environment) === 'awsvpc';
  return new EcsService(scope, `${name}-service`, {
    name: `${environment.prefix}-${name}`,
    cluster: cluster.arn,
    taskDefinition: task.arn,
    desiredCount: settings.desiredCount,
    ...launchConfiguration(cluster),
    deploymentMinimumHealthyPercent: settings.minimumHealthyPercent,
    deploymentMaximumPercent: settings.maximumPercent,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    alarms: { enable: true, rollback: true, alarmNames: deploymentAlarms.map(({ alarmName }) => alarmName) },
    healthCheckGracePeriodSeconds: settings.gracePeriodSeconds,
    availabilityZoneRebalancing: 'ENABLED',
    enableExecuteCommand: settings.exec,
    enableEcsManagedTags: true,
    propagateTags: 'SERVICE',
    waitForSteadyState: environment.waitForSteadyState,
    orderedPlacementStrategy: [
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'binpack', field: 'memory' },
    ],
    loadBalancer: [{ targetGroupArn: targetGroup.arn, containerName: name, containerPort: ports[name] }],
    ...(hasAddress && { networkConfiguration: { subnets: subnetIds, securityGroups: [securityGroupId!] } }),
    lifecycle: {
      // Autoscaling changes it from the first deployment on.
      ignoreChanges: ['desired_count'],
      postcondition: [
        {
          // hashicorp/terraform-provider-aws#20858: the provider reports the circuit breaker's rollback as a success.
          condition: `\${self.task_definition == ${task.fqn}.arn}`,
          errorMessage: `The new tasks of ${name} did not become healthy, and ECS has gone back to the old ones.`,
        },
      ],
    },
  });
}
