import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';
const PARENT = 'stockroom-rehearsal';
const PERIOD_US = 100_000;
/** Beside other programs all instances together would count as one process. */
const WEIGHT = 10;
const isV2 = existsSync(join(ROOT, 'cgroup.controllers'));

/**
 * A cgroup that holds all containers of one pretended instance within its processor and memory.
 * @param cpu    in units, 1,024 a vCPU
 * @param memory in MiB
 * @returns what Docker is given as `CgroupParent`
 */
export function createInstanceCgroup(instanceId: string, cpu: number, memory: number): string {
  const quota = Math.round((cpu / 1024) * PERIOD_US);
  const bytes = String(memory * 1024 ** 2);
  const path = `${PARENT}/${instanceId}`;
  if (isV2) {
    mkdirSync(join(ROOT, path), { recursive: true });
    for (const folder of [ROOT, join(ROOT, PARENT)])
      writeFileSync(join(folder, 'cgroup.subtree_control'), '+cpu +memory');
    writeFileSync(join(ROOT, PARENT, 'cpu.weight'), String(WEIGHT * 100));
    writeFileSync(join(ROOT, path, 'cpu.max'), `${quota} ${PERIOD_US}`);
    writeFileSync(join(ROOT, path, 'memory.max'), bytes);
  } else {
    for (const controller of ['cpu', 'memory']) mkdirSync(join(ROOT, controller, path), { recursive: true });
    writeFileSync(join(ROOT, 'cpu', PARENT, 'cpu.shares'), String(WEIGHT * 1024));
    writeFileSync(join(ROOT, 'cpu', path, 'cpu.cfs_period_us'), String(PERIOD_US));
    writeFileSync(join(ROOT, 'cpu', path, 'cpu.cfs_quota_us'), String(quota));
    writeFileSync(join(ROOT, 'memory', path, 'memory.limit_in_bytes'), bytes);
  }
  return `/${path}`;
}

/** What an instance's containers hold in memory, in MiB, without the cache of files, which the kernel gives back. */
export function memoryOf(instanceId: string): number {
  const [controller, field] = isV2 ? (['.', 'anon'] as const) : (['memory', 'total_rss'] as const);
  try {
    const statistics = readFileSync(join(ROOT, controller, PARENT, instanceId, 'memory.stat'), 'utf8');
    return Math.round(Number(new RegExp(`^${field} (\\d+)`, 'm').exec(statistics)?.[1] ?? 0) / 1024 ** 2);
  } catch {
    return 0; // No task has run there yet.
  }
}

/** Docker leaves the parents behind; an empty one can go. */
export function removeInstanceCgroup(instanceId: string): void {
  for (const controller of isV2 ? ['.'] : ['cpu', 'memory', 'cpuset', 'cpuacct', 'pids', 'blkio', 'devices'])
    try {
      rmdirSync(join(ROOT, controller, PARENT, instanceId));
    } catch {
      // It was never made there, or a container still ends.
    }
}
