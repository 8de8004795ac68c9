import type { Surroundings } from './container-spec.ts';
import { containerSpec } from './container-spec.ts';
import { containerLogs, docker, DockerError, dockerLines } from './docker-engine.ts';
import { type ContainerInstance, isAlive, type Task } from '../scheduler/model.ts';
import type { TaskRunner } from '../scheduler/scheduler.ts';

/** What the agent gets from the account, with the task's execution role. */
export interface AccountAccess {
  /** @throws with ECS's stop code where a secret is missing or may not be read */
  secretsOf(task: Task): Promise<Record<string, string>>;
  /** @throws where it cannot be pulled */
  pull(task: Task): Promise<string>;
  /** Makes the task's log stream. @throws where it may not, or the log group is missing */
  openLog(task: Task): Promise<void>;
  /** Takes lines to the task's log stream. */
  log(task: Task, lines: string[]): Promise<void>;
}

export interface AgentOptions {
  network: string;
  speed: number;
  dns: string;
  cgroupOf: (task: Task) => string;
  certificateAuthority?: string;
  /** How long the load balancer goes on before a task that is told to stop gets SIGTERM: the deregistration delay. */
  deregister: (task: Task) => Promise<void>;
}

interface Inspected {
  State: { Status: string; ExitCode: number; OOMKilled: boolean; Error: string; Health?: { Status: string } };
  NetworkSettings: {
    Ports: Record<string, { HostIp: string; HostPort: string }[] | null>;
    Networks: Record<string, { IPAddress: string }>;
  };
}

/** Starts, watches and stops containers, as the ECS agent on every instance does. */
export class Agent implements TaskRunner {
  /** What keeps a task from starting, played by a drill. */
  outage: ((task: Task) => string | undefined) | undefined;
  /** Of each task that has a container: what it has printed since the last time, and when it has printed all. */
  private readonly output = new Map<Task, { lines: string[]; isAll: Promise<void> }>();
  private readonly ending = new AbortController();
  private readonly account: AccountAccess;
  private readonly options: AgentOptions;

  constructor(account: AccountAccess, options: AgentOptions) {
    this.account = account;
    this.options = options;
  }

  start(task: Task): void {
    void this.run(task).catch((error: Error) => this.end(task, undefined, error.message));
  }

  stop(task: Task): void {
    void this.shutDown(task).catch(() => undefined);
  }

  /** The instance is gone, and with it whatever ran there. */
  async lose({ id, ec2InstanceId }: ContainerInstance, tasks: Task[]): Promise<void> {
    for (const task of tasks.filter((it) => isAlive(it) && it.instance.id === id)) {
      task.desiredStatus = 'STOPPED';
      this.end(task, undefined, `Host EC2 (instance ${ec2InstanceId}) terminated.`);
      if (task.containerId) await docker('DELETE', `/containers/${task.containerId}?force=true&v=true`);
    }
  }

  /** Until `unwatch`: a container that ends, or whose health changes, brings its task up to date. */
  async watch(): Promise<void> {
    const filters = { event: ['die', 'health_status'], label: [`stockroom.rehearsal=${this.options.network}`] };
    const onEvent = (line: string) => {
      const { id } = JSON.parse(line) as { id: string };
      const task = [...this.output.keys()].find(({ containerId }) => containerId === id);
      if (task) void this.observe(task).catch(() => undefined);
    };
    const path = `/events?filters=${encodeURIComponent(JSON.stringify(filters))}`;
    await dockerLines(path, onEvent, this.ending.signal).catch(() => undefined);
  }

  unwatch = (): void => this.ending.abort();

  /** Takes what the containers have printed to the tasks' log streams. */
  async passLogs(): Promise<void> {
    await Promise.all([...this.output.keys()].map((task) => this.passLog(task)));
  }

  private async run(task: Task): Promise<void> {
    task.lastStatus = 'PENDING';
    const outage = this.outage?.(task);
    if (outage) throw new Error(outage);
    const [image, secrets] = [await this.account.pull(task), await this.account.secretsOf(task)];
    await this.account.openLog(task);
    const { network, speed, dns, certificateAuthority } = this.options;
    const around: Surroundings = {
      network,
      speed,
      dns,
      image,
      secrets,
      cgroupParent: this.options.cgroupOf(task),
      ...(certificateAuthority && { certificateAuthority }),
    };
    const { Id } = await docker<{ Id: string }>(
      'POST',
      `/containers/create?name=ecs-${task.id}`,
      containerSpec(task, around),
    );
    task.containerId = Id;
    if (task.desiredStatus === 'STOPPED') return this.end(task, undefined, 'stopped before it started');
    const lines: string[] = [];
    this.output.set(task, { lines, isAll: Promise.resolve() });
    await docker('POST', `/containers/${Id}/start`);
    this.output.set(task, { lines, isAll: containerLogs(Id, (line) => lines.push(line)).catch(() => undefined) });
    task.lastStatus = 'RUNNING';
    task.startedAt = Date.now();
    await this.observe(task);
  }

  private async shutDown(task: Task): Promise<void> {
    await this.options.deregister(task);
    if (!task.containerId || !isAlive(task)) return;
    task.lastStatus = 'STOPPING';
    const seconds = task.taskDefinition.container.stopTimeout ?? 30;
    await docker('POST', `/containers/${task.containerId}/stop?t=${seconds}`);
  }

  private async observe(task: Task): Promise<void> {
    if (!isAlive(task) || !task.containerId) return;
    const seen = await docker<Inspected>('GET', `/containers/${task.containerId}/json`).catch((error: unknown) => {
      if (error instanceof DockerError && error.status === 404) return undefined;
      throw error;
    });
    if (!seen) return this.end(task, 137, 'the container is gone');
    const { State, NetworkSettings } = seen;
    const health = State.Health?.Status;
    if (health === 'healthy') task.healthStatus = 'HEALTHY';
    if (health === 'unhealthy') task.healthStatus = 'UNHEALTHY';
    task.target ??= this.targetOf(task, NetworkSettings);
    if (State.Status === 'exited' || State.Status === 'dead') {
      await this.output.get(task)?.isAll;
      await this.passLog(task);
      const reason = State.OOMKilled ? 'OutOfMemoryError: Container killed due to memory usage' : State.Error;
      this.end(task, State.ExitCode, reason);
      await docker('DELETE', `/containers/${task.containerId}?force=true&v=true`).catch(() => undefined);
    }
  }

  private targetOf(task: Task, { Ports, Networks }: Inspected['NetworkSettings']): Task['target'] {
    const [mapping] = task.taskDefinition.container.portMappings;
    if (!mapping) return undefined;
    if (task.taskDefinition.networkMode === 'awsvpc') {
      const address = Networks[this.options.network]?.IPAddress;
      return address ? { address, port: mapping.containerPort } : undefined;
    }
    const bound = Ports[`${mapping.containerPort}/tcp`]?.[0];
    return bound ? { address: bound.HostIp, port: Number(bound.HostPort) } : undefined;
  }

  private async passLog(task: Task): Promise<void> {
    const lines = this.output.get(task)?.lines.splice(0) ?? [];
    if (lines.length === 0) return;
    await this.account.log(task, lines).catch((error: Error) => (task.containerReason ??= error.message));
  }

  private end(task: Task, exitCode: number | undefined, reason: string): void {
    this.output.delete(task);
    task.lastStatus = 'STOPPED';
    task.stoppedAt = Date.now();
    if (exitCode !== undefined) task.exitCode = exitCode;
    else task.stoppedReason ??= reason;
    if (reason) task.containerReason = reason;
  }
}
