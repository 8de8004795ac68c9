import { docker } from '../agent/docker-engine.ts';
import { isHealthy, type Service, type Task } from '../scheduler/model.ts';
import type { ServiceMetrics } from './autoscaling.ts';

interface Sample {
  at: number;
  /** Of each task: CPU time in nanoseconds, and requests, since its start. */
  tasks: Map<Task, { cpu: number; requests: number }>;
}

const KEPT_MS = 120_000;

/** What tasks use, sampled as CloudWatch's agent would. */
export class Usage {
  private samples: Sample[] = [];

  async sample(tasks: Task[], requests: Map<Task, number>, now = Date.now()): Promise<void> {
    const sample: Sample = { at: now, tasks: new Map() };
    const read = async (task: Task) => {
      const cpu = await cpuTimeOf(task);
      if (cpu !== undefined) sample.tasks.set(task, { cpu, requests: requests.get(task) ?? 0 });
    };
    await Promise.all(tasks.filter((task) => task.containerId && isHealthy(task)).map(read));
    this.samples = [...this.samples.filter(({ at }) => now - at < KEPT_MS), sample];
  }

  /** Averages of the last `windowMs`, of the tasks that ran all the while; undefined: there was none. */
  metrics({ name, cluster }: Service, windowMs: number): ServiceMetrics | undefined {
    const last = this.samples.at(-1);
    const first = this.samples.find(({ at }) => last !== undefined && last.at - at <= windowMs);
    if (!last || !first || first === last) return undefined;
    const own = [...last.tasks.keys()].filter(
      (task) => task.group === `service:${name}` && task.cluster === cluster && first.tasks.has(task),
    );
    if (own.length === 0) return undefined;
    const seconds = (last.at - first.at) / 1000;
    const sum = (value: (task: Task) => number) => own.reduce((total, task) => total + value(task), 0);
    const used = (what: 'cpu' | 'requests') => sum((it) => last.tasks.get(it)![what] - first.tasks.get(it)![what]);
    return {
      cpu: (100 * 1024 * used('cpu')) / 1e9 / seconds / sum((task) => task.taskDefinition.container.cpu),
      requestsPerTarget: (60 * used('requests')) / seconds / own.length,
    };
  }
}

async function cpuTimeOf({ containerId }: Task): Promise<number | undefined> {
  const path = `/containers/${containerId}/stats?stream=false&one-shot=true`;
  const stats = await docker<{ cpu_stats?: { cpu_usage: { total_usage: number } } }>('GET', path).catch(
    () => undefined,
  );
  // 0: it has just ended.
  return stats?.cpu_stats?.cpu_usage.total_usage || undefined;
}
