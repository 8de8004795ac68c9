import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { SecurityGroups } from '../security-groups/security-groups.ts';
import type { Network } from '../network/network.ts';
import { createLoadBalancers } from './create-load-balancers.ts';
import { lookUpLoadBalancer } from './look-up-load-balancer.ts';
import type { LoadBalancer, LoadBalancerDns } from './load-balancer.ts';

export function createOrLookUpLoadBalancer(
  scope: Construct,
  environment: Environment,
  network: Network,
  securityGroups: SecurityGroups,
  dns: LoadBalancerDns | undefined,
): LoadBalancer {
  const settings = environment.loadBalancer;
  return settings.from === 'create'
    ? createLoadBalancers(scope, environment, settings, network, securityGroups, dns)
    : lookUpLoadBalancer(scope, settings);
}
