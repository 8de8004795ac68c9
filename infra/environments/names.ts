import type { Environment, ServiceName } from './environment.ts';

const ofEach = (prefix: string) => ({ api: `${prefix}-api`, gateway: `${prefix}-gateway` });

export const targetGroupNames = ({ loadBalancer, prefix }: Environment): Record<ServiceName, string> =>
  loadBalancer.targetGroups ?? ofEach(prefix);

export const repositoryNames = ({ registry, prefix }: Environment): Record<ServiceName, string> =>
  registry.from === 'existing' ? registry.repositories : ofEach(prefix);

export const logGroupName = ({ prefix }: Environment, container: string): string => `/${prefix}/${container}`;

export const clusterName = ({ cluster, prefix }: Environment): string =>
  cluster.from === 'existing' ? cluster.name : prefix;

export const loadBalancerName = ({ loadBalancer, prefix }: Environment): string =>
  loadBalancer.from === 'existing' ? loadBalancer.name : prefix;

export const serviceName = ({ prefix }: Environment, service: string): string => `${prefix}-${service}`;
