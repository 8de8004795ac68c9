import { DataAwsEcsCluster } from '@cdktf/provider-aws/lib/data-aws-ecs-cluster/index.js';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { Firewall } from '../firewall/firewall.ts';
import type { Network } from '../network/network.ts';
import { createCluster } from './create-cluster.ts';

export interface Cluster {
  name: string;
  arn: string;
  /** Undefined: the launch type EC2. */
  capacityProvider?: string;
  /** What a service must wait for, and be destroyed before: without the instances' rights its tasks could not drain. */
  dependencies: ITerraformDependable[];
}

export function cluster(scope: Construct, environment: Environment, network: Network, firewall: Firewall): Cluster {
  const settings = environment.cluster;
  if (settings.from === 'create') return createCluster(scope, environment, settings, network, firewall);
  // Its capacity providers are not ours: a list of them would replace the owner's.
  const found = new DataAwsEcsCluster(scope, 'cluster', { clusterName: settings.name });
  return {
    name: found.clusterName,
    arn: found.arn,
    capacityProvider: settings.capacityProvider,
    dependencies: [],
  };
}
