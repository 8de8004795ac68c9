import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { NewCluster } from '../../environments/settings/cluster.ts';
import { maxInstances } from '../../sizing/capacity.ts';

/** ECS decides how many instances there are; the provider's default tags do not reach them, so they stand here. */
export function createAutoScalingGroup(
  scope: Construct,
  environment: Environment,
  settings: NewCluster,
  template: LaunchTemplate,
  subnetIds: string[],
): AutoscalingGroup {
  const { prefix, name } = environment;
  const version = Token.asString(template.latestVersion);
  const tags = { Name: prefix, project: 'stockroom', environment: name, AmazonECSManaged: 'true' };
  return new AutoscalingGroup(scope, 'instances', {
    name: prefix,
    minSize: settings.minInstances,
    maxSize: maxInstances(environment),
    vpcZoneIdentifier: subnetIds,
    // ECS takes it off an instance that it has emptied: managed termination protection.
    protectFromScaleIn: true,
    // Otherwise destroying waits for instances that their protection keeps.
    forceDelete: true,
    capacityRebalance: settings.spotPercent > 0,
    maxInstanceLifetime: settings.maxInstanceDays * 86_400,
    // A new machine image makes a new version of the launch template, which changes no running instance by itself.
    instanceRefresh: {
      strategy: 'Rolling',
      preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200, scaleInProtectedInstances: 'Refresh' },
    },
    healthCheckType: 'EC2',
    healthCheckGracePeriod: 60,
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: template.id, version },
        override: settings.instanceTypes.map((instanceType) => ({ instanceType })),
      },
      instancesDistribution: {
        onDemandBaseCapacity: settings.minInstances,
        onDemandPercentageAboveBaseCapacity: 100 - settings.spotPercent,
        spotAllocationStrategy: 'price-capacity-optimized',
      },
    },
    tag: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    lifecycle: { ignoreChanges: ['desired_capacity'] },
  });
}
