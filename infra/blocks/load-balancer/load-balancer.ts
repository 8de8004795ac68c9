import type { Construct } from 'constructs';
import type { Environment, ServiceName } from '../../environments/environment.ts';
import type { Firewall } from '../firewall/firewall.ts';
import type { Network } from '../network/network.ts';
import { createLoadBalancers } from './create-load-balancers.ts';
import { lookUpLoadBalancer } from './look-up-load-balancer.ts';

/** What stands before a service, by the names that metrics know it by. */
export interface Front {
  targetGroupArn: string;
  targetGroupSuffix: string;
  loadBalancerSuffix: string;
}

export interface LoadBalancer {
  /** How the world reaches the gateway. */
  url: string;
  /** Of the public one; the URL's own name, where it has one, points to it. */
  dnsName: string;
  /** How the gateway reaches the API: always by the load balancer's own name. */
  apiUrl: string;
  fronts: Record<ServiceName, Front>;
}

export function loadBalancer(
  scope: Construct,
  environment: Environment,
  network: Network,
  firewall: Firewall,
): LoadBalancer {
  const settings = environment.loadBalancer;
  return settings.from === 'create'
    ? createLoadBalancers(scope, environment, settings, network, firewall)
    : lookUpLoadBalancer(scope, settings);
}
