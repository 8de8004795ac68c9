import type { ClusterFacts, InstanceFacts } from './facts.ts';

/** Instances on which ECS places tasks. */
export const usableInstances = ({ instances }: ClusterFacts): InstanceFacts[] =>
  instances.filter(({ status, agentConnected }) => status === 'ACTIVE' && agentConnected);

/**
 * The instance that keeps the data of a container database: the one that has it, else the one with the most memory left in
 * a zone in which the task can have an address.
 * @param zones of the subnets; undefined: unknown
 */
export function chooseDatabaseInstance(cluster: ClusterFacts, zones: string[] | undefined): InstanceFacts | undefined {
  const usable = usableInstances(cluster);
  const current = usable.find(({ id }) => id === cluster.databaseInstanceId);
  if (current) return current;
  return usable
    .filter(({ zone }) => zones?.includes(zone) ?? true)
    .sort((a, b) => b.available.memoryMiB - a.available.memoryMiB || (a.id < b.id ? -1 : 1))[0];
}
