import type { InstanceType } from './instances.ts';

/** What a task is placed with. */
export interface TaskSize {
  /** CPU units; 1024 are one vCPU. */
  cpu: number;
  memoryMiB: number;
  /** Whether it takes a network interface of the instance's. */
  hasAddress: boolean;
}

/** What an instance offers to tasks. */
export interface Room {
  cpu: number;
  memoryMiB: number;
  addresses: number;
}

/** Kept from the tasks by the agent: `ECS_RESERVED_MEMORY`. */
export const RESERVED_MIB = 32;

/**
 * What ECS leaves of an instance. It registers what the kernel reports, not what the type promises: firmware and kernel
 * hold some 5 to 7 %. The larger share is taken here, so that what fits on paper fits there, too.
 */
export const memoryLeftMiB = (memoryMiB: number): number => Math.floor(memoryMiB * 0.93) - RESERVED_MIB;

export const roomOf = (instance: InstanceType, eniTrunking = false): Room => ({
  cpu: instance.vcpus * 1024,
  memoryMiB: memoryLeftMiB(instance.memoryMiB),
  addresses: eniTrunking && instance.trunkedTasks !== undefined ? instance.trunkedTasks : instance.interfaces - 1,
});

export const fitsInto = (task: TaskSize, room: Room): boolean =>
  task.cpu <= room.cpu && task.memoryMiB <= room.memoryMiB && (!task.hasAddress || room.addresses >= 1);

const without = (room: Room, task: TaskSize): Room => ({
  cpu: room.cpu - task.cpu,
  memoryMiB: room.memoryMiB - task.memoryMiB,
  addresses: room.addresses - (task.hasAddress ? 1 : 0),
});

/**
 * How many instances hold all the tasks, packed the way ECS's binpack does, the largest first.
 * Infinity where a task is larger than an empty instance.
 */
export function instancesFor(tasks: TaskSize[], empty: Room): number {
  if (tasks.some((task) => !fitsInto(task, empty))) return Infinity;
  const rooms: Room[] = [];
  for (const task of [...tasks].sort((a, b) => b.memoryMiB - a.memoryMiB || b.cpu - a.cpu)) {
    const at = rooms.findIndex((room) => fitsInto(task, room));
    if (at < 0) rooms.push(without(empty, task));
    else rooms[at] = without(rooms[at]!, task);
  }
  return rooms.length;
}
