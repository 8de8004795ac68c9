import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { createNetwork } from './create-network.ts';
import { lookUpNetwork } from './look-up-network.ts';

export interface Network {
  vpcId: string;
  vpcCidr: string;
  /** Where a public load balancer stands. */
  publicSubnetIds: string[];
  /** Where an internal load balancer, a database and tasks with an address of their own stand. */
  privateSubnetIds: string[];
  /** Where the cluster's instances stand: in the public ones where there is no NAT. */
  instanceSubnetIds: string[];
}

export function network(scope: Construct, environment: Environment): Network {
  const settings = environment.network;
  return settings.from === 'create' ? createNetwork(scope, environment, settings) : lookUpNetwork(scope, settings);
}
