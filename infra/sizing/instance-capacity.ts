import type { InstanceType } from './instances.ts';

/** What a task is placed with. */
export interface TaskSize {
  /** CPU units; 1024 are one vCPU. */
  cpu: number;
  memoryMiB: number;
  /** Whether it takes a network interface of the instance's. */
  needsNetworkInterface: boolean;
}

/** What an instance offers to tasks. */
export interface InstanceCapacity {
  cpu: number;
  memoryMiB: number;
  networkInterfaces: number;
}

/** Kept from the tasks by the agent: `ECS_RESERVED_MEMORY`. */
export const RESERVED_MIB = 32;

/**
 * What ECS leaves of an instance. It registers what the kernel reports, not what the type promises: firmware and kernel
 * hold some 5 to 7 %. The larger share is taken here, so that what fits on paper fits there, too.
 */
export const usableMemoryMiB = (memoryMiB: number): number => Math.floor(memoryMiB * 0.93) - RESERVED_MIB;

export const instanceCapacity = (instance: InstanceType, eniTrunking = false): InstanceCapacity => ({
  cpu: instance.vcpus * 1024,
  memoryMiB: usableMemoryMiB(instance.memoryMiB),
  networkInterfaces:
    eniTrunking && instance.trunkedTasks !== undefined ? instance.trunkedTasks : instance.interfaces - 1,
});

export const fitsInto = (task: TaskSize, capacity: InstanceCapacity): boolean =>
  task.cpu <= capacity.cpu &&
  task.memoryMiB <= capacity.memoryMiB &&
  (!task.needsNetworkInterface || capacity.networkInterfaces >= 1);

const subtractTask = (capacity: InstanceCapacity, task: TaskSize): InstanceCapacity => ({
  cpu: capacity.cpu - task.cpu,
  memoryMiB: capacity.memoryMiB - task.memoryMiB,
  networkInterfaces: capacity.networkInterfaces - (task.needsNetworkInterface ? 1 : 0),
});

/**
 * How many instances hold all the tasks, packed the way ECS's binpack does, the largest first.
 * Infinity where a task is larger than an empty instance.
 */
export function instancesFor(tasks: TaskSize[], empty: InstanceCapacity): number {
  if (tasks.some((task) => !fitsInto(task, empty))) return Infinity;
  const instances: InstanceCapacity[] = [];
  for (const task of [...tasks].sort((a, b) => b.memoryMiB - a.memoryMiB || b.cpu - a.cpu)) {
    const at = instances.findIndex((capacity) => fitsInto(task, capacity));
    if (at < 0) instances.push(subtractTask(empty, task));
    else instances[at] = subtractTask(instances[at]!, task);
  }
  return instances.length;
}

/** Whether all tasks find a place on these instances, the largest first. */
export function fitsOnto(tasks: TaskSize[], instances: InstanceCapacity[]): boolean {
  const left = [...instances];
  return [...tasks]
    .sort((a, b) => b.memoryMiB - a.memoryMiB || b.cpu - a.cpu)
    .every((task) => {
      const at = left.findIndex((capacity) => fitsInto(task, capacity));
      if (at >= 0) left[at] = subtractTask(left[at]!, task);
      return at >= 0;
    });
}
