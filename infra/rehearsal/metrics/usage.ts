import { docker } from '../agent/docker-engine.ts';
import { isHealthy, reservedMemory, type Service, type Task } from '../scheduler/model.ts';
import { type ServiceMetrics, serviceMetrics } from './autoscaling.ts';

interface Sample {
  at: number;
  /** Of each task: CPU time in nanoseconds, memory in MiB, requests, since its start. */
  tasks: Map<Task, { cpu: number; memory: number; requests: number }>;
}

interface Stats {
  cpu_stats: { cpu_usage: { total_usage: number } };
  memory_stats: { usage?: number; stats?: Record<string, number> };
}

const KEPT_MS = 120_000;
const MIB = 1024 ** 2;

/** What tasks use, sampled as CloudWatch's agent would. */
export class Usage {
  private samples: Sample[] = [];

  async sample(tasks: Task[], requests: Map<Task, number>, now = Date.now()): Promise<void> {
    const running = tasks.filter((task) => task.containerId && isHealthy(task));
    const read = await Promise.all(running.map(async (task) => [task, await statsOf(task)] as const));
    const known = read.filter((entry): entry is [Task, NonNullable<(typeof entry)[1]>] => entry[1] !== undefined);
    this.samples = [...this.samples.filter(({ at }) => now - at < KEPT_MS), { at: now, tasks: new Map(known.map(([task, stats]) => [task, { ...stats, requests: requests.get(task) ?? 0 }])) }]; // prettier-ignore
  }

  /** Averages of the last `windowMs`, of the tasks that ran all the while. */
  metrics({ name, cluster }: Service, windowMs: number): ServiceMetrics | undefined {
    const last = this.samples.at(-1);
    const first = this.samples.find(({ at }) => last !== undefined && last.at - at <= windowMs);
    if (!last || !first || first === last) return undefined;
    const seconds = (last.at - first.at) / 1000;
    const own = [...last.tasks].filter(
      ([task]) => task.group === `service:${name}` && task.cluster === cluster && first.tasks.has(task),
    );
    const used = own.map(([task, { cpu, memory }]) => ({
      task,
      cpuCores: (cpu - first.tasks.get(task)!.cpu) / 1e9 / seconds,
      memoryMiB: memory,
    }));
    const requests = own.reduce((sum, [task, it]) => sum + it.requests - first.tasks.get(task)!.requests, 0);
    return serviceMetrics(used, (requests / seconds) * 60, (task) => reservedMemory(task.taskDefinition.container));
  }
}

async function statsOf({ containerId }: Task): Promise<{ cpu: number; memory: number } | undefined> {
  const path = `/containers/${containerId}/stats?stream=false&one-shot=true`;
  const stats = await docker<Stats>('GET', path).catch(() => undefined);
  const { usage, stats: parts = {} } = stats?.memory_stats ?? {};
  if (!stats || usage === undefined) return undefined;
  const cache = parts.total_inactive_file ?? parts.inactive_file ?? 0;
  return { cpu: stats.cpu_stats.cpu_usage.total_usage, memory: (usage - cache) / MIB };
}
