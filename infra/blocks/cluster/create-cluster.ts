import { EcsCapacityProvider } from '@cdktf/provider-aws/lib/ecs-capacity-provider/index.js';
import { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers/index.js';
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { NewCluster } from '../../environments/settings/cluster.ts';
import type { SecurityGroups } from '../security-groups/security-groups.ts';
import type { Network } from '../network/network.ts';
import { createAutoScalingGroup } from './auto-scaling-group.ts';
import type { Cluster } from './cluster.ts';
import { createInstanceRole } from './instance-role.ts';
import { createLaunchTemplate } from './launch-template.ts';

export function createCluster(
  scope: Construct,
  environment: Environment,
  settings: NewCluster,
  network: Network,
  securityGroups: SecurityGroups,
): Cluster {
  const { prefix } = environment;
  const cluster = new EcsCluster(scope, 'cluster', {
    name: prefix,
    setting: [{ name: 'containerInsights', value: settings.containerInsights ? 'enabled' : 'disabled' }],
  });
  const role = createInstanceRole(scope, environment);
  const template = createLaunchTemplate(scope, environment, settings, role.profileName, securityGroups.instances!);
  const group = createAutoScalingGroup(scope, environment, settings, template, network.instanceSubnetIds);
  const provider = new EcsCapacityProvider(scope, 'capacity', {
    name: `${prefix}-capacity`,
    autoScalingGroupProvider: {
      autoScalingGroupArn: group.arn,
      managedTerminationProtection: 'ENABLED',
      managedDraining: 'ENABLED',
      managedScaling: { status: 'ENABLED', targetCapacity: settings.targetCapacityPercent, instanceWarmupPeriod: 60 },
    },
    // Making a cluster makes ECS's service-linked role, which a capacity provider needs, where an account has none yet.
    dependsOn: [cluster],
  });
  const providers = new EcsClusterCapacityProviders(scope, 'capacity-providers', {
    clusterName: cluster.name,
    capacityProviders: [provider.name],
    defaultCapacityProviderStrategy: [{ capacityProvider: provider.name, weight: 1 }],
  });
  return {
    name: cluster.name,
    arn: cluster.arn,
    capacityProvider: provider.name,
    dependencies: [providers, ...role.attachments],
  };
}
