import type { Construct } from 'constructs';
import { ports } from '#runtime';
import { type Environment, networkMode, type ServiceName, serviceNames } from '../../environments/environment.ts';
import { usesTls } from '../../environments/settings/load-balancer.ts';
import type { Network } from '../network/network.ts';
import { allowIngress, singlePort, type PortRange, createSecurityGroup, type TrafficSource } from './rules.ts';

/** The host ports that Docker gives to tasks in bridge mode. */
const DYNAMIC: PortRange = { from: 32768, to: 65535 };

/** Security groups and the ingress between them. Only for what this stack creates. */
export interface SecurityGroups {
  /** Of each service's load balancer, where we create them. */
  loadBalancers?: Record<ServiceName, string>;
  /** Of the cluster's instances, where we create it. */
  instances?: string;
  /** Of each service's tasks, where they have addresses of their own. */
  tasks?: Record<ServiceName, string>;
  /** Where connections from the API's tasks come from. */
  fromApi: TrafficSource;
}

export function createSecurityGroups(scope: Construct, environment: Environment, network: Network): SecurityGroups {
  const { prefix, cluster, loadBalancer } = environment;
  const group = (id: string, description: string) =>
    createSecurityGroup(scope, id, `${prefix}-${id}`, network.vpcId, description);
  const vpc: TrafficSource = { cidr: network.vpcCidr };
  const hasAddresses = networkMode(environment) === 'awsvpc';
  const instances =
    cluster.from === 'create' ? group('instances', 'The instances of the cluster, and their tasks') : undefined;
  const tasks = hasAddresses
    ? { api: group('api-tasks', 'The tasks of the API'), gateway: group('gateway-tasks', 'The tasks of the gateway') }
    : undefined;
  const loadBalancers =
    loadBalancer.from === 'create'
      ? { api: group('internal', 'The load balancer of the API'), gateway: group('public', 'The public load balancer') }
      : undefined;
  const sourceOf = (service: ServiceName): TrafficSource => member(tasks?.[service] ?? instances) ?? vpc;

  if (loadBalancers && loadBalancer.from === 'create') {
    for (const [index, cidr] of loadBalancer.allowedCidrs.entries())
      for (const number of usesTls(loadBalancer) ? [80, 443] : [80])
        allowIngress(scope, `public-${number}-${index}`, loadBalancers.gateway, { cidr }, singlePort(number));
    allowIngress(scope, 'internal-from-gateway', loadBalancers.api, sourceOf('gateway'), singlePort(80));
  }
  for (const service of serviceNames) {
    const target = tasks?.[service] ?? instances;
    if (target === undefined) continue; // The instances are looked up, and so is their security group.
    const source = member(loadBalancers?.[service]) ?? vpc;
    allowIngress(
      scope,
      `${service}-from-load-balancer`,
      target,
      source,
      hasAddresses ? singlePort(ports[service]) : DYNAMIC,
    );
  }
  return { loadBalancers, instances, tasks, fromApi: sourceOf('api') };
}

const member = (group: string | undefined): TrafficSource | undefined => (group === undefined ? undefined : { group });
