import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import {
  type ContainerInstance,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListContainerInstancesCommand,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import type { Aws } from '../../deploy/aws/clients.ts';
import { type Environment, serviceNames } from '../../environments/environment.ts';
import { clusterName, serviceName } from '../../environments/names.ts';
import { instanceCapacityIn, instanceTypeOf } from '../../sizing/capacity.ts';
import type { ClusterFacts, InstanceFacts } from '../facts.ts';

/** @returns undefined where there is no such cluster */
export async function readCluster(aws: Aws, environment: Environment): Promise<ClusterFacts | undefined> {
  const cluster = clusterName(environment);
  const { clusters = [] } = await aws.ecs.send(new DescribeClustersCommand({ clusters: [cluster] }));
  const [found] = clusters;
  if (!found) return undefined;
  const { containerInstanceArns = [] } = await aws.ecs.send(new ListContainerInstancesCommand({ cluster }));
  const { containerInstances = [] } =
    containerInstanceArns.length > 0
      ? await aws.ecs.send(
          new DescribeContainerInstancesCommand({ cluster, containerInstances: containerInstanceArns }),
        )
      : {};
  const machines = await readInstances(
    aws,
    containerInstances.map(({ ec2InstanceId }) => ec2InstanceId!),
  );
  const ours = await readOwnTasks(aws, environment, cluster);
  const databaseTask = ours.find(({ group }) => group === `service:${serviceName(environment, 'database')}`);
  const itsInstance = containerInstances.find(
    ({ containerInstanceArn }) => containerInstanceArn === databaseTask?.containerInstanceArn,
  );
  return {
    status: found.status!,
    capacityProviders: found.capacityProviders ?? [],
    databaseInstanceId: (await boundInstance(aws, environment, cluster)) ?? itsInstance?.ec2InstanceId,
    instances: containerInstances.map((it) =>
      instanceFacts(
        environment,
        it,
        machines.get(it.ec2InstanceId!),
        ours.filter((task) => task.containerInstanceArn === it.containerInstanceArn),
      ),
    ),
  };
}

/** The instance that an earlier deployment has bound the container database to, also while no task of it runs. */
async function boundInstance({ ecs }: Aws, environment: Environment, cluster: string): Promise<string | undefined> {
  if (environment.database.from !== 'container') return undefined;
  const services = [serviceName(environment, 'database')];
  const found = await ecs.send(new DescribeServicesCommand({ cluster, services }));
  const [service] = (found.services ?? []).filter(({ status }) => status === 'ACTIVE');
  const expressions = service?.placementConstraints?.map(({ expression }) => expression) ?? [];
  return expressions.map((it) => /^ec2InstanceId == '(\S+)'$/.exec(it ?? '')?.[1]).find((id) => id !== undefined);
}

async function readInstances({ ec2 }: Aws, InstanceIds: string[]): Promise<Map<string, Instance>> {
  if (InstanceIds.length === 0) return new Map();
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
  return new Map(Reservations.flatMap((it) => it.Instances ?? []).map((it) => [it.InstanceId!, it]));
}

/** The tasks of an earlier deployment: a new one replaces them, so their share counts as available. */
async function readOwnTasks({ ecs }: Aws, environment: Environment, cluster: string): Promise<Task[]> {
  const arns = await Promise.all(
    [...serviceNames, 'database'].map(async (name) => {
      const family = serviceName(environment, name);
      return (await ecs.send(new ListTasksCommand({ cluster, family }))).taskArns ?? [];
    }),
  );
  const tasks = arns.flat();
  if (tasks.length === 0) return [];
  return (await ecs.send(new DescribeTasksCommand({ cluster, tasks }))).tasks ?? [];
}

function instanceFacts(
  environment: Environment,
  registered: ContainerInstance,
  machine: Instance | undefined,
  ours: Task[],
): InstanceFacts {
  const remaining = (name: string) => registered.remainingResources?.find((it) => it.name === name)?.integerValue ?? 0;
  const sum = (of: (container: { cpu?: string; memory?: string; memoryReservation?: string }) => number) =>
    ours.flatMap(({ containers = [] }) => containers).reduce((total, container) => total + of(container), 0);
  const type = instanceTypeOf(environment);
  const attribute = (name: string) => registered.attributes?.find((it) => it.name === name)?.value;
  return {
    id: registered.ec2InstanceId!,
    status: registered.status!,
    agentConnected: registered.agentConnected === true,
    attributes: (registered.attributes ?? []).map(({ name }) => name!),
    architecture: machine?.Architecture ?? attribute('ecs.cpu-architecture') ?? 'unknown',
    zone: machine?.Placement?.AvailabilityZone ?? attribute('ecs.availability-zone') ?? 'unknown',
    publicAddress: machine?.PublicIpAddress,
    securityGroupIds: (machine?.SecurityGroups ?? []).map(({ GroupId }) => GroupId!),
    available: {
      cpu: remaining('CPU') + sum(({ cpu }) => Number(cpu ?? 0)),
      memoryMiB: remaining('MEMORY') + sum((it) => Number(it.memoryReservation ?? it.memory ?? 0)),
      networkInterfaces: type ? instanceCapacityIn(environment, type).networkInterfaces : 0,
    },
  };
}
