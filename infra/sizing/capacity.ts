import { type Environment, networkMode, serviceNames } from '../environments/environment.ts';
import type { ServiceSettings } from '../environments/settings/service.ts';
import { instanceTypes, type InstanceType } from './instances.ts';
import { instancesFor, type InstanceCapacity, instanceCapacity, type TaskSize } from './instance-capacity.ts';

/** The instance type that sizes are computed with; undefined where the table lacks it. */
export const instanceTypeOf = ({ cluster }: Environment): InstanceType | undefined =>
  instanceTypes[cluster.from === 'create' ? (cluster.instanceTypes[0] ?? '') : cluster.instanceType];

export const instanceCapacityIn = (environment: Environment, instance: InstanceType): InstanceCapacity =>
  instanceCapacity(instance, environment.cluster.from === 'create' && environment.cluster.eniTrunking);

export const taskSize = (environment: Environment, service: ServiceSettings): TaskSize => ({
  cpu: service.cpu,
  memoryMiB: service.memoryReservationMiB,
  needsNetworkInterface: networkMode(environment) === 'awsvpc',
});

/** The database's task, where it is a container: it has an address of its own, since Cloud Map names addresses. */
const databaseTasks = ({ database }: Environment): TaskSize[] =>
  database.from === 'container'
    ? [{ cpu: database.cpu, memoryMiB: database.memoryReservationMiB, needsNetworkInterface: true }]
    : [];

/** Every task that runs at once while both services are deployed, at a count of theirs. */
export function tasksDuringDeployment(environment: Environment, count: 'desiredCount' | 'maxCount'): TaskSize[] {
  const ofServices = serviceNames.flatMap((name) => {
    const service = environment.services[name];
    const atOnce = Math.floor((service[count] * service.maximumPercent) / 100);
    return Array<TaskSize>(atOnce).fill(taskSize(environment, service));
  });
  return [...databaseTasks(environment), ...ofServices];
}

/** The instances that the cluster keeps without load: tasks are spread over the smallest number, and the reserve is added. */
export function instancesAtRest({ cluster }: Environment): number {
  if (cluster.from === 'existing') return cluster.instanceCount;
  return Math.ceil((cluster.minInstances * 100) / cluster.targetCapacityPercent);
}

/** The most instances that the cluster may need: every service at its maximum, during a deployment. */
export function maxInstances(environment: Environment): number {
  const { cluster } = environment;
  if (cluster.from === 'existing') return cluster.instanceCount;
  if (cluster.maxInstances !== undefined) return cluster.maxInstances;
  const instance = instanceTypeOf(environment);
  if (!instance) throw new Error(`no instance type ${cluster.instanceTypes[0]}`);
  const needed = instancesFor(
    tasksDuringDeployment(environment, 'maxCount'),
    instanceCapacityIn(environment, instance),
  );
  return Math.max(needed, cluster.minInstances);
}
