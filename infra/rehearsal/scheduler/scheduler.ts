import { randomBytes, randomUUID } from 'node:crypto';
import {
  type ContainerInstance,
  type Deployment,
  isAlive,
  isHealthy,
  type Service,
  type Task,
  type TaskDefinition,
} from './model.ts';
import { place, type Placement, type PlacementRules } from './placement.ts';
import { type Action, planService } from './rollout.ts';

/** What carries out what the scheduler decides. Both return at once; they report by changing the task. */
export interface TaskRunner {
  start(task: Task): void;
  stop(task: Task): void;
}

const EVENTS_KEPT = 100;

/** Schedules tasks onto container instances as Amazon ECS does. `tick` decides; the agent's reports change the tasks. */
export class Scheduler {
  readonly services = new Map<string, Service>();
  readonly instances: ContainerInstance[] = [];
  tasks: Task[] = [];
  private readonly definitions = new Map<string, TaskDefinition>();
  private readonly runner: TaskRunner;

  constructor(runner: TaskRunner) {
    this.runner = runner;
  }

  registerTaskDefinition(definition: TaskDefinition): void {
    this.definitions.set(definition.arn, definition);
  }

  deregisterTaskDefinition(arn: string): void {
    const definition = this.definitions.get(arn);
    if (definition) definition.status = 'INACTIVE';
  }

  /** @param reference its ARN, or `family:revision` */
  definitionOf(reference: string): TaskDefinition | undefined {
    return [...this.definitions.values()].find(({ arn }) => arn === reference || arn.endsWith(`/${reference}`));
  }

  serviceNamed(cluster: string, name: string): Service | undefined {
    return this.services.get(`${cluster}/${name}`);
  }

  /** Undefined: of a task that belongs to none. */
  serviceOf = ({ cluster, group }: Task): Service | undefined =>
    group.startsWith('service:') ? this.serviceNamed(cluster, group.slice('service:'.length)) : undefined;

  createService(service: Omit<Service, 'deployments' | 'events' | 'status'>, taskDefinition: string): Service {
    const made: Service = { ...service, deployments: [], events: [], status: 'ACTIVE' };
    this.services.set(`${service.cluster}/${service.name}`, made);
    this.deploy(made, taskDefinition);
    return made;
  }

  /** Makes a new PRIMARY deployment; the tasks of the earlier ones are replaced. */
  deploy(service: Service, taskDefinition: string): void {
    for (const earlier of service.deployments) earlier.status = 'ACTIVE';
    const id = `ecs-svc/${BigInt(`0x${randomBytes(8).toString('hex')}`)}`;
    service.deployments.unshift({
      id,
      status: 'PRIMARY',
      taskDefinition,
      createdAt: Date.now(),
      failedTasks: 0,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment ${id} in progress.`,
    });
  }

  /** @returns RunTask's reason where it cannot be placed */
  runTask(cluster: string, definition: TaskDefinition, startedBy: string): Task | Extract<Placement, { code: string }> {
    const placement = this.place(cluster, definition, { group: `family:${definition.family}` });
    if ('code' in placement) return placement;
    return this.startTask(cluster, definition, placement.instance, `family:${definition.family}`, startedBy);
  }

  stopTask(task: Task, reason: string): void {
    if (task.desiredStatus === 'STOPPED') return;
    task.desiredStatus = 'STOPPED';
    task.stoppedReason ??= reason;
    if (task.targetHealth) task.targetHealth = 'draining';
    this.runner.stop(task);
  }

  /** One round of decisions; called often. */
  tick(now = Date.now()): void {
    for (const task of this.tasks) this.accountFor(task);
    for (const service of this.services.values())
      for (const action of planService(service, this.tasks, now)) this.carryOut(service, action);
    this.tasks = this.tasks.filter(({ stoppedAt }) => stoppedAt === undefined || now - stoppedAt < 3600_000);
  }

  private carryOut(service: Service, action: Action): void {
    switch (action.do) {
      case 'stop':
        this.event(service, `(service ${service.name}) has stopped 1 running tasks: (task ${action.task.id}).`);
        if (/health checks/.test(action.reason)) this.fail(action.task);
        return this.stopTask(action.task, action.reason);
      case 'start':
        for (let n = 0; n < action.count; n++) if (!this.startFor(service, action.deployment)) return;
        return;
      case 'complete':
        action.deployment.rolloutState = 'COMPLETED';
        action.deployment.rolloutStateReason = `ECS deployment ${action.deployment.id} completed.`;
        service.deployments = [action.deployment];
        this.event(service, `(service ${service.name}) (deployment ${action.deployment.id}) deployment completed.`);
        return this.event(service, `(service ${service.name}) has reached a steady state.`);
      case 'fail':
        return this.failDeployment(service, action.deployment, action.rollBackTo);
    }
  }

  /**
   * Source: ECS developer guide, "How the Amazon ECS deployment circuit breaker detects failures" and "Service deployment state
   * change events", which have the reasons; the events are as DescribeServices returns them.
   */
  private failDeployment(service: Service, deployment: Deployment, rollBackTo: Deployment | undefined): void {
    const { name, deployments } = service;
    deployment.rolloutState = 'FAILED';
    deployment.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.';
    this.event(service, `(service ${name}) (deployment ${deployment.id}) deployment failed: tasks failed to start.`);
    if (!rollBackTo) return;
    deployment.status = 'ACTIVE';
    Object.assign(rollBackTo, {
      status: 'PRIMARY',
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${rollBackTo.id}.`,
    });
    service.deployments = [rollBackTo, ...deployments.filter((it) => it !== rollBackTo)];
    this.event(service, `(service ${name}) rolling back to deployment ${rollBackTo.id}.`);
  }

  private startFor(service: Service, deployment: Deployment): boolean {
    const definition = this.definitions.get(deployment.taskDefinition)!;
    if (definition.status !== 'ACTIVE') {
      const why = `the task definition ${definition.arn} is INACTIVE`;
      this.event(service, `(service ${service.name}) was unable to place a task because ${why}.`);
      return false;
    }
    const group = `service:${service.name}`;
    const placement = this.place(service.cluster, definition, { ...service, group });
    if ('code' in placement) {
      this.event(
        service,
        `(service ${service.name}) was unable to place a task because no container instance met all of its requirements. ${placement.message}.`,
      );
      return false;
    }
    const task = this.startTask(service.cluster, definition, placement.instance, group, deployment.id);
    if (service.targetGroupArn) task.targetHealth = 'initial';
    this.event(service, `(service ${service.name}) has started 1 tasks: (task ${task.id}).`);
    return true;
  }

  private place(cluster: string, definition: TaskDefinition, rules: PlacementRules): Placement {
    const instances = this.instances.filter((instance) => instance.cluster === cluster);
    return place(definition, instances, this.tasks, rules);
  }

  private startTask(
    cluster: string,
    taskDefinition: TaskDefinition,
    instance: ContainerInstance,
    group: string,
    startedBy: string,
  ): Task {
    const id = randomUUID().replaceAll('-', '');
    const task: Task = {
      id,
      arn: `arn:aws:ecs:us-east-1:123456789012:task/${cluster}/${id}`,
      cluster,
      group,
      startedBy,
      taskDefinition,
      instance,
      createdAt: Date.now(),
      lastStatus: 'PROVISIONING',
      desiredStatus: 'RUNNING',
      healthStatus: 'UNKNOWN',
    };
    const service = this.serviceOf(task);
    if (service?.securityGroups) task.securityGroups = service.securityGroups;
    this.tasks.push(task);
    this.runner.start(task);
    return task;
  }

  /** An essential container that ended by itself ends its task; a service's deployment counts it as failed. */
  private accountFor(task: Task): void {
    if (isHealthy(task) && !task.wasHealthy) this.succeed(task);
    if (isAlive(task) || task.desiredStatus === 'STOPPED') return;
    task.desiredStatus = 'STOPPED';
    task.stoppedReason ??= 'Essential container in task exited';
    this.fail(task);
  }

  /** Source: ECS API reference, DeploymentCircuitBreaker: `resetOnHealthyTask` is on where nothing else is said. */
  private succeed(task: Task): void {
    task.wasHealthy = true;
    for (const deployment of this.underWay(task)) deployment.failedTasks = 0;
  }

  private fail(task: Task): void {
    for (const deployment of this.underWay(task)) deployment.failedTasks += 1;
  }

  /** A task's deployment, while it is under way. */
  private underWay({ startedBy }: Task): Deployment[] {
    const deployments = [...this.services.values()].flatMap((service) => service.deployments);
    return deployments.filter(({ id, rolloutState }) => id === startedBy && rolloutState === 'IN_PROGRESS');
  }

  private event(service: Service, message: string): void {
    if (service.events[0]?.message === message) return;
    service.events.unshift({ id: randomUUID(), createdAt: Date.now(), message });
    service.events.length = Math.min(service.events.length, EVENTS_KEPT);
  }
}
