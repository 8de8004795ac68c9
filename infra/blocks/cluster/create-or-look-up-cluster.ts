import { DataAwsEcsCluster } from '@cdktf/provider-aws/lib/data-aws-ecs-cluster/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { SecurityGroups } from '../security-groups/security-groups.ts';
import type { Network } from '../network/network.ts';
import { createCluster } from './create-cluster.ts';
import type { Cluster } from './cluster.ts';

export function createOrLookUpCluster(
  scope: Construct,
  environment: Environment,
  network: Network,
  securityGroups: SecurityGroups,
): Cluster {
  const settings = environment.cluster;
  if (settings.from === 'create') return createCluster(scope, environment, settings, network, securityGroups);
  // Its capacity providers are not ours: a list of them would replace the owner's.
  const found = new DataAwsEcsCluster(scope, 'cluster', { clusterName: settings.name });
  return {
    name: found.clusterName,
    arn: found.arn,
    capacityProvider: settings.capacityProvider,
    dependencies: [],
  };
}
