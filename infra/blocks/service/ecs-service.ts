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
  /** For tasks with an address of their own. */
  subnetIds: string[];
  securityGroupId?: string;
}

export function createEcsService(
  scope: Construct,
  environment: Environment,
  name: ServiceName,
  task: EcsTaskDefinition,
  { cluster, targetGroup, subnetIds, securityGroupId }: ServiceContext,
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
    healthCheckGracePeriodSeconds: settings.gracePeriodSeconds,
    availabilityZoneRebalancing: 'ENABLED',
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
      // Autoscaling's business from the first deployment on.
      ignoreChanges: ['desired_count'],
      postcondition: [
        {
          // hashicorp/terraform-provider-aws#20858: the circuit breaker's return to the old tasks counts as a success.
          condition: `\${self.task_definition == ${task.fqn}.arn}`,
          errorMessage: `The new tasks of ${name} did not become healthy, and ECS has gone back to the old ones.`,
        },
      ],
    },
  });
}
