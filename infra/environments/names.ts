import type { Environment, ServiceName } from './environment.ts';

const ofEach = (prefix: string) => ({ api: `${prefix}-api`, gateway: `${prefix}-gateway` });

export const targetGroupNames = ({ loadBalancer, prefix }: Environment): Record<ServiceName, string> =>
  loadBalancer.targetGroups ?? ofEach(prefix);

export const repositoryNames = ({ registry, prefix }: Environment): Record<ServiceName, string> =>
  registry.from === 'existing' ? registry.repositories : ofEach(prefix);

export const logGroupName = ({ prefix }: Environment, container: string): string => `/${prefix}/${container}`;
