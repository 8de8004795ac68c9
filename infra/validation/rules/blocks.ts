import { type Environment, networkModeOf } from '../../environments/environment.ts';
import { isManaged } from '../../environments/settings/database.ts';
import { instanceTypes } from '../../sizing/instances.ts';
import { violations } from '../violations.ts';
import { databaseViolations } from './database.ts';
import { loadBalancerViolations } from './load-balancer.ts';

/** Each block for itself: what creating or looking it up takes. */
export const blockViolations = (environment: Environment): string[] => [
  ...networkViolations(environment),
  ...clusterViolations(environment),
  ...loadBalancerViolations(environment),
  ...databaseViolations(environment),
  ...roleViolations(environment),
  ...secretViolations(environment),
];

function networkViolations({ network }: Environment): string[] {
  if (network.from === 'create')
    return violations(
      [network.zones < 2 || network.zones > 4, `network.zones is ${network.zones}; write 2 to 4.`],
      [
        !/^(\d{1,3}\.){2}0\.0\/16$/.test(network.cidr),
        `network.cidr ${network.cidr} must be a /16, such as 10.20.0.0/16.`,
      ],
    );
  return violations(
    [
      !network.vpcId && !hasEntries(network.vpcTags),
      'network: an existing VPC is looked up by id or tags; set VPC_ID, or write vpcTags.',
    ],
    [
      !network.subnetIds?.length && !hasEntries(network.subnetTags),
      'network: existing subnets are looked up by ids or tags; set SUBNET_IDS, or write subnetTags.',
    ],
  );
}

function clusterViolations({ cluster, network, networkMode, loadBalancer }: Environment): string[] {
  const types = cluster.from === 'create' ? cluster.instanceTypes : [cluster.instanceType];
  const unknown = types.filter((type) => !instanceTypes[type]);
  const architectures = new Set(types.map((type) => instanceTypes[type]?.architecture));
  const known = Object.keys(instanceTypes).join(', ');
  const hasNoNatRoute = cluster.from === 'create' && network.from === 'create' && network.nat === 'none';
  const all = violations(
    [types.length === 0, 'cluster.instanceTypes is empty; write at least one, such as t3.small.'],
    [
      unknown.length > 0,
      `cluster: nothing is known of ${unknown.join(', ')}; take one of ${known}, or add it to infra/sizing/instances.ts.`,
    ],
    [
      unknown.length === 0 && architectures.size > 1,
      `cluster.instanceTypes ${types.join(', ')} mix x86-64 and Graviton; an image is for one of them, so choose types of one.`,
    ],
    [
      hasNoNatRoute && (networkMode ?? networkModeOf(loadBalancer.targetType)) === 'awsvpc',
      "network.nat is 'none', and tasks with an address of their own have no public one: write nat: 'one', or loadBalancer.targetType: 'instance'.",
    ],
  );
  if (cluster.from === 'existing')
    return [...all, ...violations([!cluster.name, 'cluster: an existing one is looked up by name; set CLUSTER.'])];
  const trunkless = cluster.eniTrunking ? types.filter((type) => instanceTypes[type]?.trunkedTasks === undefined) : [];
  return [
    ...all,
    ...violations(
      [
        trunkless.length > 0,
        `cluster.eniTrunking: ${trunkless.join(', ')} cannot; write eniTrunking: false, or an m6/m7 type.`,
      ],
      [
        cluster.targetCapacityPercent < 1 || cluster.targetCapacityPercent > 100,
        `cluster.targetCapacityPercent is ${cluster.targetCapacityPercent}; write 1 to 100.`,
      ],
      [
        cluster.maxInstanceDays !== 0 && (cluster.maxInstanceDays < 1 || cluster.maxInstanceDays > 365),
        `cluster.maxInstanceDays is ${cluster.maxInstanceDays}; write 1 to 365, or 0 for no limit.`,
      ],
      [
        cluster.spotPercent < 0 || cluster.spotPercent > 100,
        `cluster.spotPercent is ${cluster.spotPercent}; write 0 to 100.`,
      ],
    ),
  ];
}

const roleViolations = ({ roles }: Environment): string[] =>
  roles.from === 'create'
    ? []
    : violations(
        [!roles.taskRole, 'roles.taskRole: existing roles are known by name or ARN; set TASK_ROLE.'],
        [!roles.executionRole, 'roles.executionRole: existing roles are known by name or ARN; set EXECUTION_ROLE.'],
      );

const secretViolations = ({ secretStore, roles, database }: Environment): string[] =>
  violations(
    [
      !['secrets-manager', 'parameter-store'].includes(secretStore),
      `secretStore is ${secretStore}; set SECRET_STORE to secrets-manager or parameter-store.`,
    ],
    [
      secretStore === 'parameter-store' && (roles.from === 'create' || isManaged(database)),
      "secretStore: parameter-store is for a prepared account with existing roles; write secretStore: 'secrets-manager' where roles or a managed database are created.",
    ],
  );

const hasEntries = (tags: Record<string, string> | undefined): boolean => Object.keys(tags ?? {}).length > 0;
