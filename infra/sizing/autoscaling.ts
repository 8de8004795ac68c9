import type { ServiceName } from '../environments/environment.ts';
import type { ServiceSettings } from '../environments/settings/service.ts';

/**
 * What a task uses without requests. The memory is the resident size after a load, since Node does not return it;
 * test/containers prints it: up to 166 MiB of the API and 116 MiB of the gateway.
 */
const RESTING = {
  api: { cpuUnits: 10, memoryMiB: 170 },
  gateway: { cpuUnits: 10, memoryMiB: 120 },
} satisfies Record<ServiceName, { cpuUnits: number; memoryMiB: number }>;

export const restingMemoryMiB = (service: ServiceName): number => RESTING[service].memoryMiB;

/** As ECS computes it: in percent of what the task reserves. */
export interface Usage {
  cpuPercent: number;
  memoryPercent: number;
}

export const restingUsage = (name: ServiceName, { cpu, memoryReservationMiB }: ServiceSettings): Usage => ({
  cpuPercent: (100 * RESTING[name].cpuUnits) / cpu,
  memoryPercent: (100 * RESTING[name].memoryMiB) / memoryReservationMiB,
});

/** Target tracking scales in only when a metric is more than 10 % below its target. */
const SCALE_IN_BELOW = 0.9;

/**
 * The count at which target tracking comes to rest. A task's memory does not shrink when there are more of them, so a
 * memory target below the resting size grows to `maxCount`.
 */
export function countAtRest(settings: ServiceSettings, usage: Usage): number {
  const { minCount, maxCount, desiredCount, targetCpuPercent, targetMemoryPercent } = settings;
  if (minCount === maxCount) return minCount;
  const shares = [
    usage.cpuPercent / targetCpuPercent,
    ...(targetMemoryPercent ? [usage.memoryPercent / targetMemoryPercent] : []),
  ];
  const largest = Math.max(...shares);
  if (largest > 1) return maxCount;
  return largest < SCALE_IN_BELOW ? minCount : desiredCount;
}
