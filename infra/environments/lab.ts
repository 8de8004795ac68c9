import { type Environment, defineEnvironment, type SecretStore } from './environment.ts';
import { ExistingCluster } from './settings/cluster.ts';
import { ContainerDatabase, ExistingDatabase } from './settings/database.ts';
import { ExistingLoadBalancer } from './settings/load-balancer.ts';
import { ExistingNetwork } from './settings/network.ts';
import { ExistingRegistry } from './settings/registry.ts';
import { ExistingRoles } from './settings/roles.ts';
import { mailSettings } from './settings/mail.ts';
import { ServiceSettings } from './settings/service.ts';
import { settings } from './settings/settings.ts';
import { listOf, type Variables } from './variables.ts';

const apiListenerOf = (text: string | undefined): ExistingLoadBalancer['apiListener'] =>
  text === 'existing' || text === 'shared' ? text : 'create';

/** A prepared account: everything is looked up, on two t2.micro (1 vCPU and 1 GiB each). */
export const lab = (variables: Variables): Environment =>
  defineEnvironment({
    name: 'lab',
    region: variables.AWS_REGION ?? 'us-east-1',
    adminEmail: variables.ADMIN_EMAIL ?? 'admin@stockroom.example',
    stateBucket: variables.STATE_BUCKET,
    // A word that is neither stays, so that validation names it.
    secretStore: (variables.SECRET_STORE ?? 'secrets-manager') as SecretStore,
    waitForSteadyState: variables.WAIT_FOR_STEADY_STATE !== 'false',
    network: settings(ExistingNetwork, {
      vpcId: variables.VPC_ID,
      vpcTags: { Name: variables.VPC_NAME ?? 'stockroom' },
      subnetIds: listOf(variables.SUBNET_IDS),
      subnetTags: { Name: variables.SUBNET_NAMES ?? 'stockroom-*' },
    }),
    registry: settings(ExistingRegistry, {
      repositories: {
        api: variables.API_REPOSITORY ?? 'stockroom-api',
        gateway: variables.GATEWAY_REPOSITORY ?? 'stockroom-gateway',
      },
    }),
    cluster: settings(ExistingCluster, {
      name: variables.CLUSTER ?? 'stockroom',
      capacityProvider: variables.CAPACITY_PROVIDER,
      instanceType: variables.INSTANCE_TYPE ?? 't2.micro',
      instanceCount: Number(variables.INSTANCE_COUNT ?? 2),
      securityOptions: variables.SECURITY_OPTIONS === 'true',
    }),
    loadBalancer: settings(ExistingLoadBalancer, {
      name: variables.LOAD_BALANCER ?? 'stockroom',
      targetType: variables.TARGET_TYPE === 'ip' ? 'ip' : 'instance',
      publicPort: Number(variables.PUBLIC_PORT ?? 80),
      https: variables.PUBLIC_HTTPS === 'true' || variables.PUBLIC_PORT === '443',
      rulePriority: Number(variables.RULE_PRIORITY ?? 100),
      apiListener: apiListenerOf(variables.API_LISTENER),
      apiPort: Number(variables.API_PORT ?? 3000),
      apiRulePriority: Number(variables.API_RULE_PRIORITY ?? 90),
      apiSources: listOf(variables.API_SOURCE_CIDRS) ?? [],
      targetGroups: {
        api: variables.API_TARGET_GROUP ?? 'stockroom-api',
        gateway: variables.GATEWAY_TARGET_GROUP ?? 'stockroom-gateway',
      },
    }),
    database: variables.DATABASE_URL_SECRET_ARN
      ? settings(ExistingDatabase, {
          urlSecretArn: variables.DATABASE_URL_SECRET_ARN,
          ownerUrlSecretArn: variables.MIGRATION_DATABASE_URL_SECRET_ARN,
          readUrlSecretArn: variables.DATABASE_READ_URL_SECRET_ARN,
        })
      : settings(ContainerDatabase, { instanceId: variables.DATABASE_INSTANCE_ID }),
    roles: settings(ExistingRoles, {
      taskRole: variables.TASK_ROLE ?? 'LabRole',
      executionRole: variables.EXECUTION_ROLE ?? 'LabRole',
    }),
    mail: mailSettings(variables),
    otlpEndpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT,
    services: {
      api: settings(ServiceSettings, {
        cpu: 192,
        memoryReservationMiB: 192,
        memoryMiB: 384,
        maxCount: 3,
        image: variables.API_IMAGE,
        environment: { MIGRATE_ON_START: 'true' },
      }),
      gateway: settings(ServiceSettings, {
        cpu: 128,
        memoryReservationMiB: 128,
        memoryMiB: 256,
        maxCount: 3,
        image: variables.GATEWAY_IMAGE,
      }),
    },
  });
