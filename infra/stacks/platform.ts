import { DataAwsEcrRepository } from '@cdktf/provider-aws/lib/data-aws-ecr-repository/index.js';
import { type App, Fn, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { createOrLookUpCluster } from '../blocks/cluster/create-or-look-up-cluster.ts';
import type { Cluster } from '../blocks/cluster/cluster.ts';
import { createOrLookUpDatabase } from '../blocks/database/create-or-look-up-database.ts';
import type { Database } from '../blocks/database/database.ts';
import { type SecurityGroups, createSecurityGroups } from '../blocks/security-groups/security-groups.ts';
import { createOrLookUpLoadBalancer } from '../blocks/load-balancer/create-or-look-up-load-balancer.ts';
import type { LoadBalancer, LoadBalancerDns } from '../blocks/load-balancer/load-balancer.ts';
import { createOrLookUpNetwork } from '../blocks/network/create-or-look-up-network.ts';
import type { Network } from '../blocks/network/network.ts';
import { createLogGroup } from '../blocks/monitoring/log-group.ts';
import { createAlarmTopic } from '../blocks/monitoring/alarm-topic.ts';
import { imageReference } from '../blocks/registry/image.ts';
import { type TaskRoles, createOrLookUpTaskRoles } from '../blocks/roles/roles.ts';
import { createGeneratedSecret } from '../blocks/secrets/secret.ts';
import { createMigrationTask } from '../blocks/service/migration-task.ts';
import type { SecretArns } from '../blocks/service/service-configuration.ts';
import { type Environment, type ServiceName, serviceNames } from '../environments/environment.ts';
import { repositoryNames } from '../environments/names.ts';
import { addOutputs, createStack } from './stack.ts';

/** Everything that the services depend on. */
export interface Platform {
  stack: TerraformStack;
  network: Network;
  securityGroups: SecurityGroups;
  cluster: Cluster;
  loadBalancer: LoadBalancer;
  database: Database;
  secrets: SecretArns;
  roles: Record<ServiceName, TaskRoles>;
  alarmTopicArn: string;
}

/** Everything but the services: network, cluster, load balancers, database, secrets, roles, and the task that migrates. */
export function createPlatformStack(app: App, environment: Environment, dns?: LoadBalancerDns): Platform {
  const stack = createStack(app, environment, 'platform');
  const block = (id: string) => new Construct(stack, id);
  const monitoring = block('monitoring');
  const alarmTopicArn = createAlarmTopic(monitoring, environment);
  const network = createOrLookUpNetwork(block('network'), environment);
  const securityGroups = createSecurityGroups(block('security-groups'), environment, network);
  const cluster = createOrLookUpCluster(block('cluster'), environment, network, securityGroups);
  const loadBalancer = createOrLookUpLoadBalancer(block('load-balancer'), environment, network, securityGroups, dns);
  const database = createOrLookUpDatabase(block('database'), environment, {
    network,
    securityGroups,
    cluster,
    alarmTopicArn,
  });
  const secretsBlock = block('secrets');
  const secrets = {
    signingKey: createGeneratedSecret(secretsBlock, environment, 'signing-key').arn,
    adminPassword: createGeneratedSecret(secretsBlock, environment, 'admin-password').arn,
    smokePassword: createGeneratedSecret(secretsBlock, environment, 'smoke-password').arn,
  };
  // The execution role of the API also starts the migration task. It hands secrets to containers, which cannot use it.
  const mailSecrets = environment.mail ? [environment.mail.urlSecretArn] : [];
  const secretArns = { api: [...database.secretArns, ...mailSecrets, ...Object.values(secrets)], gateway: [] };
  const rolesBlock = block('roles');
  const roles = Object.fromEntries(
    serviceNames.map((service) => {
      const permissions = {
        repositoryArn: repositoryArn(rolesBlock, environment, service),
        logGroupArn: createLogGroup(monitoring, environment, service),
        secretArns: secretArns[service],
        exec: environment.services[service].exec,
      };
      return [service, createOrLookUpTaskRoles(rolesBlock, environment, service, permissions)];
    }),
  ) as Record<ServiceName, TaskRoles>;
  const migration = block('migration');
  const migrate = createMigrationTask(migration, environment, {
    image: imageReference(migration, environment, 'api'),
    database,
    secrets,
    roles: roles.api,
    publicUrl: loadBalancer.url,
  });
  addOutputs(stack, {
    url: loadBalancer.url,
    load_balancer: loadBalancer.dnsName,
    cluster: cluster.name,
    migration_task: migrate.arn,
    // How the task that migrates is run: the last two, where tasks have addresses of their own.
    ...(cluster.capacityProvider && { capacity_provider: cluster.capacityProvider }),
    ...(securityGroups.tasks && {
      api_security_group: securityGroups.tasks.api,
      task_subnets: Fn.join(',', network.privateSubnetIds),
    }),
  });
  return {
    stack,
    network,
    securityGroups,
    cluster,
    loadBalancer,
    database,
    secrets,
    roles,
    alarmTopicArn,
  };
}

const repositoryArn = (scope: Construct, environment: Environment, service: ServiceName): string =>
  new DataAwsEcrRepository(scope, `${service}-repository`, { name: repositoryNames(environment)[service] }).arn;
