import type { Environment } from '../../environments/environment.ts';
import type { ExistingCluster } from '../../environments/settings/cluster.ts';
import { instanceTypeOf, tasksDuringDeployment } from '../../sizing/capacity.ts';
import { fitsOnto } from '../../sizing/instance-capacity.ts';
import { chooseDatabaseInstance, usableInstances } from '../database-instance.ts';
import type { ClusterFacts, Facts, VpcFacts } from '../facts.ts';
import { type Finding, passed, toDo } from '../finding.ts';
import { check, examine, valueOf } from './examine.ts';

/** Attributes of which an agent needs one before ECS places a task with `dockerSecurityOptions` on it. */
const SECURITY_ATTRIBUTES = ['ecs.capability.selinux', 'ecs.capability.apparmor'];

/** A looked-up cluster and its registered instances. */
export function clusterFindings(environment: Environment, facts: Facts): Finding[] {
  const settings = environment.cluster;
  if (settings.from === 'create') return [];
  const file = `.env.${environment.name}`;
  return examine('Cluster', facts.cluster, `Set CLUSTER in ${file} to the name of an existing cluster.`, (found) => {
    const usable = usableInstances(found);
    return [
      ...check(
        'Cluster',
        `${settings.name}, ${usable.length} instances`,
        [found.status === 'ACTIVE', `its status is ${found.status}`, `Set CLUSTER in ${file} to an active cluster.`],
        [
          !settings.capacityProvider || found.capacityProviders.includes(settings.capacityProvider),
          `it has no capacity provider ${settings.capacityProvider}`,
          `Set CAPACITY_PROVIDER in ${file} to one of ${found.capacityProviders.join(', ') || '(it has none: leave it out)'}.`,
        ],
        [
          usable.length > 0,
          `no instance is ACTIVE with a connected agent (${found.instances.length} registered)`,
          `Start instances whose /etc/ecs/ecs.config has ECS_CLUSTER=${settings.name}, with an instance role that has AmazonEC2ContainerServiceforEC2Role.`,
        ],
      ),
      ...(usable.length > 0
        ? [
            ...instanceFindings(environment, settings, { ...found, instances: usable }),
            ...databaseFindings(environment, found, valueOf(facts.vpc)),
          ]
        : []),
    ];
  });
}

function instanceFindings(environment: Environment, settings: ExistingCluster, { instances }: ClusterFacts): Finding[] {
  const architecture = instanceTypeOf(environment)?.architecture ?? 'x86_64';
  const without = instances.filter(({ attributes }) => !SECURITY_ATTRIBUTES.some((name) => attributes.includes(name)));
  const tasks = tasksDuringDeployment(environment, 'desiredCount');
  const sum = (of: 'cpu' | 'memoryMiB') => tasks.reduce((total, task) => total + task[of], 0);
  const left = instances.map(({ id, available }) => `${id}: ${available.cpu} CPU units, ${available.memoryMiB} MiB`);
  return [
    ...check('Instances', instances.map(({ id, zone }) => `${id} in ${zone}`).join(', '), [
      instances.every((it) => it.architecture === architecture),
      `the images are built for ${architecture}, and ${instances.map((it) => `${it.id} is ${it.architecture}`).join(', ')}`,
      `Set INSTANCE_TYPE in .env.${environment.name} to the type that the cluster has.`,
    ]),
    ...check('Security options', settings.securityOptions ? 'each instance supports them' : 'not used', [
      !settings.securityOptions || without.length === 0,
      `${without.map(({ id }) => id).join(', ')} lack ${SECURITY_ATTRIBUTES.join(' or ')}, so ECS places no task there`,
      `Leave SECURITY_OPTIONS out, or add ECS_SELINUX_CAPABLE=true to /etc/ecs/ecs.config and restart the agent.`,
    ]),
    fitsOnto(
      tasks,
      instances.map(({ available }) => available),
    )
      ? passed('Capacity', `a rolling deployment of ${tasks.length} tasks fits`)
      : toDo(
          'Capacity',
          `a rolling deployment needs ${sum('cpu')} CPU units, ${sum('memoryMiB')} MiB and does not fit (${left.join('; ')})`,
          'Stop other tasks, add an instance, or write a lower desiredCount or maximumPercent in infra/environments/lab.ts.',
        ),
  ];
}

/** Which instance keeps the data of a container database. */
function databaseFindings(
  { name, database }: Environment,
  cluster: ClusterFacts,
  vpc: VpcFacts | undefined,
): Finding[] {
  if (database.from !== 'container') return [];
  // Without a subnet that is a finding of the network.
  const zones = vpc?.subnets.length ? vpc.subnets.map(({ zone }) => zone) : undefined;
  const usable = usableInstances(cluster);
  const names = usable.map(({ id, zone }) => `${id} in ${zone}`).join(', ');
  const chosen = database.instanceId
    ? usable.find(({ id }) => id === database.instanceId)
    : chooseDatabaseInstance(cluster, zones);
  return check(
    'Database',
    `${chosen?.id} in ${chosen?.zone} keeps its data`,
    [
      !database.instanceId || chosen !== undefined,
      `DATABASE_INSTANCE_ID ${database.instanceId} is no ACTIVE instance of the cluster`,
      `Set DATABASE_INSTANCE_ID in .env.${name} to one of ${names}, or leave it out.`,
    ],
    [
      database.instanceId !== undefined || chosen !== undefined,
      `no instance (${names}) is in a zone of the subnets (${zones?.join(', ')}), so its task can have no address`,
      `Set SUBNET_IDS in .env.${name} to subnets in the zones of the instances.`,
    ],
  );
}
