import type { Surroundings } from './container-spec.ts';
import { containerSpec } from './container-spec.ts';
import { containerLogs, docker, DockerError } from './docker-engine.ts';
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
  private readonly watched = new Set<Task>();
  /** The time of the last line that was passed on. */
  private readonly logged = new Map<Task, string>();
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
      if (task.containerId) await docker('DELETE', `/containers/${task.containerId}?force=true&v=true`);
      task.desiredStatus = 'STOPPED';
      this.end(task, undefined, `Host EC2 (instance ${ec2InstanceId}) terminated.`);
    }
  }

  /** Brings what is known of each container up to date. */
  async observe(): Promise<void> {
    await Promise.all([...this.watched].map((task) => this.observeTask(task).catch(() => undefined)));
  }

  private async run(task: Task): Promise<void> {
    task.lastStatus = 'PENDING';
    const outage = this.outage?.(task);
    if (outage) throw new Error(outage);
    const [image, secrets] = [await this.account.pull(task), await this.account.secretsOf(task)];
    await this.account.openLog(task);
    const { network, dns, certificateAuthority } = this.options;
    const around: Surroundings = {
      network,
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
    this.watched.add(task);
    if (task.desiredStatus === 'STOPPED') return this.end(task, undefined, 'stopped before it started');
    await docker('POST', `/containers/${Id}/start`);
    task.lastStatus = 'RUNNING';
    task.startedAt = Date.now();
    await this.observeTask(task);
  }

  private async shutDown(task: Task): Promise<void> {
    await this.options.deregister(task);
    if (!task.containerId || !isAlive(task)) return;
    task.lastStatus = 'STOPPING';
    const seconds = task.taskDefinition.container.stopTimeout ?? 30;
    await docker('POST', `/containers/${task.containerId}/stop?t=${seconds}`);
    await this.observeTask(task);
  }

  private async observeTask(task: Task): Promise<void> {
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
    await this.passLogs(task);
    if (State.Status === 'exited' || State.Status === 'dead') {
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

  private async passLogs(task: Task): Promise<void> {
    const lines = await containerLogs(task.containerId!, this.logged.get(task));
    const last = lines.at(-1);
    if (last === undefined) return;
    this.logged.set(task, last.split(' ', 1)[0]!);
    await this.account.log(task, lines).catch((error: Error) => (task.containerReason ??= error.message));
  }

  private end(task: Task, exitCode: number | undefined, reason: string): void {
    this.watched.delete(task);
    this.logged.delete(task);
    task.lastStatus = 'STOPPED';
    task.stoppedAt = Date.now();
    if (exitCode !== undefined) task.exitCode = exitCode;
    else task.stoppedReason ??= reason;
    if (reason) task.containerReason = reason;
  }
}
