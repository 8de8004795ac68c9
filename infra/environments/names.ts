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

/** The secrets that tasks receive, as Stockroom creates them. */
export function taskSecretNames({ prefix, database }: Environment): string[] {
  const urls = database.from === 'existing' ? [] : ['database-url', 'database-owner-url'];
  const readUrl = database.from === 'aurora' && database.readers > 0 ? ['database-read-url'] : [];
  const password = database.from === 'container' ? ['database-password'] : [];
  return [...urls, ...readUrl, ...password, 'signing-key', 'admin-password', 'smoke-password'].map(
    (name) => `${prefix}/${name}`,
  );
}

/** Of a stack's state in the bucket. */
export const stateKey = ({ prefix }: Environment, stack: string): string => `${prefix}/${stack}.tfstate`;

/** The families of all task definitions. */
export const taskFamilies = (environment: Environment): string[] =>
  ['api', 'gateway', 'migrate', ...(environment.database.from === 'container' ? ['database'] : [])].map((name) =>
    serviceName(environment, name),
  );

/** The account that the migration task creates for the smoke test. */
export const smokeEmail = 'smoke@stockroom.example';
