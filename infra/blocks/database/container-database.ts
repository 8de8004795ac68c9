import { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet/index.js';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { ServiceDiscoveryPrivateDnsNamespace } from '@cdktf/provider-aws/lib/service-discovery-private-dns-namespace/index.js';
import { ServiceDiscoveryService } from '@cdktf/provider-aws/lib/service-discovery-service/index.js';
import { Annotations, Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { shutdown } from '#runtime';
import type { Environment } from '../../environments/environment.ts';
import { logGroupName } from '../../environments/names.ts';
import type { ContainerDatabase } from '../../environments/settings/database.ts';
import { allowIngress, singlePort, createSecurityGroup } from '../security-groups/rules.ts';
import { createLogGroup } from '../monitoring/log-group.ts';
import { createOrLookUpTaskRoles } from '../roles/roles.ts';
import { createGeneratedSecret } from '../secrets/secret.ts';
import type { Secret } from '../secrets/stored-secret.ts';
import type { Container } from '../service/container.ts';
import { launchConfiguration } from '../service/launch-configuration.ts';
import { createTaskDefinition } from '../service/task-definition.ts';
import type { Database, DatabaseContext } from './database.ts';
import { NAME, PORT } from './url.ts';
import { createUrlSecrets } from './url-secrets.ts';

const WARNING =
  'The database is a container: its data lives on one instance’s disk and dies with it. Keep nothing in it that you need.';

/** One task, bound to one zone, because its data is there; with an address of its own, because Cloud Map names addresses. */
export function createContainerDatabase(
  scope: Construct,
  environment: Environment,
  settings: ContainerDatabase,
  { network, securityGroups, cluster }: DatabaseContext,
): Database {
  Annotations.of(scope).addWarning(WARNING);
  const { prefix } = environment;
  const group = createSecurityGroup(scope, 'database-group', `${prefix}-database`, network.vpcId, 'The database');
  allowIngress(scope, 'database-from-api', group, securityGroups.fromApi, singlePort(PORT));
  const password = createGeneratedSecret(scope, environment, 'database-password');
  const logGroupArn = createLogGroup(scope, environment, 'database');
  const roles = createOrLookUpTaskRoles(scope, environment, 'database', { logGroupArn, secretArns: [password.arn] });
  const placement = placementOf(scope, settings, network.privateSubnetIds);
  const container = postgres(environment, settings, password);
  const task = createTaskDefinition(scope, environment, 'awsvpc', container, roles, [
    { name: 'data', dockerVolumeConfiguration: { scope: 'shared', autoprovision: true, driver: 'local' } },
  ]);
  new EcsService(scope, 'service', {
    name: `${prefix}-database`,
    cluster: cluster.arn,
    taskDefinition: task.arn,
    desiredCount: 1,
    ...launchConfiguration(cluster),
    // Never two on the same data: the old one ends before the new one starts.
    deploymentMinimumHealthyPercent: 0,
    deploymentMaximumPercent: 100,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    availabilityZoneRebalancing: 'DISABLED',
    enableEcsManagedTags: true,
    propagateTags: 'SERVICE',
    waitForSteadyState: environment.waitForSteadyState,
    placementConstraints: [{ type: 'memberOf', expression: placement.expression }],
    networkConfiguration: { subnets: placement.subnetIds, securityGroups: [group] },
    serviceRegistries: { registryArn: name(scope, settings, network.vpcId) },
    dependsOn: cluster.dependencies,
  });
  const host = `database.${settings.dnsZone}`;
  return { ...createUrlSecrets(scope, environment, password.value, { host }), tls: 'off' };
}

/** A Docker volume exists on one instance only, so the task must return to it; without an instance id, at least to its zone. */
function placementOf(scope: Construct, { instanceId }: ContainerDatabase, subnetIds: string[]) {
  if (instanceId) return { expression: `ec2InstanceId == '${instanceId}'`, subnetIds };
  const subnetId = Fn.element(subnetIds, 0) as string;
  const { availabilityZone } = new DataAwsSubnet(scope, 'subnet', { id: subnetId });
  return { expression: `attribute:ecs.availability-zone == ${availabilityZone}`, subnetIds: [subnetId] };
}

/** The `postgres` user of the image, which the volume belongs to. */
const USER = '999:999';

const postgres = (environment: Environment, settings: ContainerDatabase, password: Secret): Container => ({
  name: 'database',
  image: settings.image,
  user: USER,
  cpu: settings.cpu,
  memoryReservationMiB: settings.memoryReservationMiB,
  memoryMiB: settings.memoryMiB,
  port: PORT,
  environment: { POSTGRES_USER: NAME, POSTGRES_DB: NAME },
  secrets: { POSTGRES_PASSWORD: password.arn },
  healthCommand: ['CMD', 'pg_isready', '--username', NAME],
  stopTimeoutSeconds: shutdown.stopTimeoutSeconds,
  mountPoints: [{ sourceVolume: 'data', containerPath: '/var/lib/postgresql' }],
  tmpfs: ['/tmp', '/var/run/postgresql'],
  logGroup: logGroupName(environment, 'database'),
});

/** @returns the ARN of the name `database` in the environment's private zone */
function name(scope: Construct, { dnsZone }: ContainerDatabase, vpcId: string): string {
  const zone = new ServiceDiscoveryPrivateDnsNamespace(scope, 'zone', { name: dnsZone, vpc: vpcId });
  return new ServiceDiscoveryService(scope, 'name', {
    forceDestroy: true,
    name: 'database',
    dnsConfig: { namespaceId: zone.id, routingPolicy: 'MULTIVALUE', dnsRecords: [{ type: 'A', ttl: 10 }] },
  }).arn;
}
