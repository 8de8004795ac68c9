import { DataAwsEcrRepository } from '@cdktf/provider-aws/lib/data-aws-ecr-repository/index.js';
import { type App, Fn, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { type Cluster, cluster } from '../blocks/cluster/cluster.ts';
import { type Database, database } from '../blocks/database/database.ts';
import { type Firewall, firewall } from '../blocks/firewall/firewall.ts';
import { type LoadBalancer, loadBalancer } from '../blocks/load-balancer/load-balancer.ts';
import { type Network, network } from '../blocks/network/network.ts';
import { logGroup } from '../blocks/observation/logs.ts';
import { alarmTopic } from '../blocks/observation/topic.ts';
import { imageOf } from '../blocks/registry/image.ts';
import { type TaskRoles, taskRoles } from '../blocks/roles/roles.ts';
import { madeSecret } from '../blocks/secrets/made-secret.ts';
import { migrationTask } from '../blocks/service/migration-task.ts';
import type { SecretArns } from '../blocks/service/wiring.ts';
import { type Environment, type ServiceName, serviceNames } from '../environments/environment.ts';
import { repositoryNames } from '../environments/names.ts';
import { outputs, stack } from './stack.ts';

/** What the services stand on. */
export interface Platform {
  stack: TerraformStack;
  network: Network;
  firewall: Firewall;
  cluster: Cluster;
  loadBalancer: LoadBalancer;
  database: Database;
  secrets: SecretArns;
  roles: Record<ServiceName, TaskRoles>;
  alarmTopicArn: string;
}

/** Everything but the services: network, cluster, load balancers, database, secrets, roles, and the task that migrates. */
export function platformStack(app: App, environment: Environment): Platform {
  const made = stack(app, environment, 'platform');
  const block = (id: string) => new Construct(made, id);
  const observation = block('observation');
  const alarmTopicArn = alarmTopic(observation, environment);
  const net = network(block('network'), environment);
  const walls = firewall(block('firewall'), environment, net);
  const ecs = cluster(block('cluster'), environment, net, walls);
  const front = loadBalancer(block('load-balancer'), environment, net, walls);
  const db = database(block('database'), environment, {
    network: net,
    firewall: walls,
    cluster: ecs,
    alarmTopicArn,
  });
  const keys = block('secrets');
  const secrets = {
    signingKey: madeSecret(keys, environment, 'signing-key').arn,
    adminPassword: madeSecret(keys, environment, 'admin-password').arn,
  };
  const secretArns = { api: [db.urlSecretArn, secrets.signingKey, secrets.adminPassword], gateway: [] };
  const rolesBlock = block('roles');
  const roles = Object.fromEntries(
    serviceNames.map((service) => {
      const needs = {
        repositoryArn: repositoryArn(rolesBlock, environment, service),
        logGroupArn: logGroup(observation, environment, service),
        secretArns: secretArns[service],
      };
      return [service, taskRoles(rolesBlock, environment, service, needs)];
    }),
  ) as Record<ServiceName, TaskRoles>;
  const migration = block('migration');
  const migrate = migrationTask(migration, environment, {
    image: imageOf(migration, environment, 'api'),
    database: db,
    secrets,
    roles: roles.api,
  });
  outputs(made, {
    url: front.url,
    load_balancer: front.dnsName,
    cluster: ecs.name,
    migration_task: migrate.arn,
    // How the task that migrates is run: the last two, where tasks have addresses of their own.
    ...(ecs.capacityProvider && { capacity_provider: ecs.capacityProvider }),
    ...(walls.tasks && { api_security_group: walls.tasks.api, task_subnets: Fn.join(',', net.privateSubnetIds) }),
  });
  return {
    stack: made,
    network: net,
    firewall: walls,
    cluster: ecs,
    loadBalancer: front,
    database: db,
    secrets,
    roles,
    alarmTopicArn,
  };
}

const repositoryArn = (scope: Construct, environment: Environment, service: ServiceName): string =>
  new DataAwsEcrRepository(scope, `${service}-repository`, { name: repositoryNames(environment)[service] }).arn;
