import type { Clients } from '../account/clients.ts';
import type { ContainerDefinition, ContainerInstance, Service, Task, TaskDefinition } from '../scheduler/model.ts';
import { isAlive } from '../scheduler/model.ts';
import { remainingOf } from '../scheduler/placement.ts';
import { boundsOf } from '../scheduler/rollout.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { ApiError, corrected, type Handler, json } from './proxy.ts';
import { requireActive, requireFor } from './refusals.ts';

const seconds = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : milliseconds / 1000;
const lastPart = (arn: string): string => arn.split('/').at(-1)!;

/** ECS's operations, as far as the scheduler knows better than the emulator what is going on. */
export function ecsHandlers(scheduler: Scheduler, clients: Clients): Record<string, Handler> {
  const clusterOf = (input: { cluster?: string }) => lastPart(input.cluster ?? 'default');
  const overlay = (service: any) => {
    const known = scheduler.serviceNamed(lastPart(service.clusterArn), service.serviceName);
    if (known) Object.assign(service, describedService(known, scheduler));
  };
  return {
    'ecs.RegisterTaskDefinition': (_, forward) =>
      corrected(forward(), ({ taskDefinition }) => scheduler.registerTaskDefinition(definitionOf(taskDefinition))),
    'ecs.DeregisterTaskDefinition': (_, forward) =>
      corrected(forward(), ({ taskDefinition }) =>
        scheduler.deregisterTaskDefinition(taskDefinition.taskDefinitionArn),
      ),
    'ecs.CreateService': async ({ input }, forward) => {
      await requireFor(input, scheduler.definitionOf(input.taskDefinition), clients);
      return corrected(forward(), ({ service }) => {
        scheduler.createService(serviceOf(input, clusterOf(input)), service.taskDefinition);
        overlay(service);
      });
    },
    'ecs.UpdateService': async ({ input }, forward) => {
      if (input.taskDefinition) requireActive(scheduler.definitionOf(input.taskDefinition));
      return corrected(forward(), ({ service }) => {
        const known = scheduler.serviceNamed(clusterOf(input), lastPart(input.service))!;
        if (input.desiredCount !== undefined) known.desiredCount = input.desiredCount;
        Object.assign(known, settingsOf(input));
        const current = known.deployments[0]!.taskDefinition;
        if (input.forceNewDeployment || (input.taskDefinition && service.taskDefinition !== current))
          scheduler.deploy(known, service.taskDefinition);
        overlay(service);
      });
    },
    'ecs.DescribeServices': (_, forward) => corrected(forward(), ({ services }) => services.forEach(overlay)),
    'ecs.DeleteService': ({ input }, forward) => {
      const known = scheduler.serviceNamed(clusterOf(input), lastPart(input.service));
      if (known && !input.force && known.desiredCount > 0)
        throw new ApiError('InvalidParameterException', 'The service cannot be stopped while it is scaled above 0.');
      return corrected(forward(), ({ service }) => {
        if (known) known.status = 'DRAINING';
        overlay(service);
      });
    },
    'ecs.RunTask': ({ input }) => {
      const cluster = clusterOf(input);
      const definition = scheduler.definitionOf(input.taskDefinition);
      requireActive(definition);
      const started = scheduler.runTask(cluster, definition, input.startedBy ?? '');
      return Promise.resolve(
        json(
          'code' in started
            ? { tasks: [], failures: [{ arn: cluster, reason: started.code, detail: started.message }] }
            : { tasks: [describedTask(started)], failures: [] },
        ),
      );
    },
    'ecs.ListTasks': ({ input }) => {
      const desired = input.desiredStatus ?? 'RUNNING';
      const found = scheduler.tasks.filter(
        (it) =>
          it.cluster === clusterOf(input) &&
          it.desiredStatus === desired &&
          (!input.serviceName || it.group === `service:${lastPart(input.serviceName)}`) &&
          (!input.family || it.taskDefinition.family === input.family),
      );
      return Promise.resolve(json({ taskArns: found.map(({ arn }) => arn) }));
    },
    'ecs.DescribeTasks': ({ input }) => {
      const found = (input.tasks as string[]).map((id) =>
        scheduler.tasks.find((it) => it.cluster === clusterOf(input) && it.id === lastPart(id)),
      );
      const failures = (input.tasks as string[]).filter((_, n) => !found[n]).map((arn) => ({ arn, reason: 'MISSING' }));
      return Promise.resolve(json({ tasks: found.filter((it) => it !== undefined).map(describedTask), failures }));
    },
    'ecs.ListContainerInstances': ({ input }) =>
      Promise.resolve(
        json({
          containerInstanceArns: scheduler.instances
            .filter(({ cluster }) => cluster === clusterOf(input))
            .map(({ arn }) => arn),
        }),
      ),
    'ecs.DescribeContainerInstances': ({ input }) => {
      const wanted = (input.containerInstances as string[]).map(lastPart);
      const found = scheduler.instances.filter(({ id }) => wanted.includes(id));
      return Promise.resolve(
        json({ containerInstances: found.map((it) => describedInstance(it, scheduler.tasks)), failures: [] }),
      );
    },
  };
}

function definitionOf(described: any): TaskDefinition {
  if (described.containerDefinitions.length !== 1)
    throw new Error(
      `The rehearsal runs tasks of one container; ${described.family} has ${described.containerDefinitions.length}.`,
    );
  return {
    arn: described.taskDefinitionArn,
    family: described.family,
    status: described.status ?? 'ACTIVE',
    networkMode: described.networkMode,
    cpuArchitecture: described.runtimePlatform?.cpuArchitecture ?? 'X86_64',
    executionRoleArn: described.executionRoleArn,
    container: described.containerDefinitions[0] as ContainerDefinition,
  };
}

function serviceOf(input: any, cluster: string): Omit<Service, 'deployments' | 'events' | 'status'> {
  return {
    name: input.serviceName,
    cluster,
    desiredCount: input.desiredCount ?? 0,
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    circuitBreaker: { enable: false, rollback: false },
    gracePeriodMs: 0,
    placementStrategy: input.placementStrategy ?? [],
    placementConstraints: input.placementConstraints ?? [],
    ...(input.loadBalancers?.[0] && { targetGroupArn: input.loadBalancers[0].targetGroupArn }),
    ...(input.serviceRegistries?.[0] && { serviceRegistryArn: input.serviceRegistries[0].registryArn }),
    ...(input.networkConfiguration && {
      securityGroups: input.networkConfiguration.awsvpcConfiguration.securityGroups ?? [],
    }),
    ...settingsOf(input),
  };
}

function settingsOf(input: any): Partial<Service> {
  const { deploymentConfiguration: deployment, healthCheckGracePeriodSeconds: grace } = input;
  return {
    ...(deployment?.minimumHealthyPercent !== undefined && {
      minimumHealthyPercent: deployment.minimumHealthyPercent,
    }),
    ...(deployment?.maximumPercent !== undefined && { maximumPercent: deployment.maximumPercent }),
    ...(deployment?.deploymentCircuitBreaker && { circuitBreaker: deployment.deploymentCircuitBreaker }),
    ...(grace !== undefined && { gracePeriodMs: grace * 1000 }),
  };
}

function describedService(service: Service, { tasks }: Scheduler): object {
  const own = tasks.filter(({ group, cluster }) => group === `service:${service.name}` && cluster === service.cluster);
  const running = own.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const pending = own.filter(({ lastStatus }) => lastStatus === 'PENDING' || lastStatus === 'PROVISIONING');
  const alive = own.filter(isAlive).length;
  const { upper } = boundsOf(service);
  return {
    status: service.status === 'DRAINING' && alive === 0 ? 'INACTIVE' : service.status,
    desiredCount: service.desiredCount,
    runningCount: running.length,
    pendingCount: pending.length,
    taskDefinition: service.deployments[0]!.taskDefinition,
    deployments: service.deployments.map((it) => ({
      id: it.id,
      status: it.status,
      taskDefinition: it.taskDefinition,
      desiredCount: it.status === 'PRIMARY' ? Math.min(service.desiredCount, upper) : 0,
      runningCount: running.filter(({ startedBy }) => startedBy === it.id).length,
      pendingCount: pending.filter(({ startedBy }) => startedBy === it.id).length,
      failedTasks: it.failedTasks,
      rolloutState: it.rolloutState,
      rolloutStateReason: it.rolloutStateReason,
      createdAt: seconds(it.createdAt),
      updatedAt: seconds(it.createdAt),
    })),
    events: service.events.map(({ id, createdAt, message }) => ({ id, message, createdAt: seconds(createdAt) })),
  };
}

/** What the deploy command and preflight read of a task. */
function describedTask(task: Task): object {
  const { id, arn, taskDefinition, instance, group, startedBy, lastStatus, desiredStatus, healthStatus } = task;
  const { container } = taskDefinition;
  return {
    taskArn: arn,
    clusterArn: arn.replace(/:task\/.*/, `:cluster/${task.cluster}`),
    taskDefinitionArn: taskDefinition.arn,
    containerInstanceArn: instance.arn,
    ...{ group, startedBy, lastStatus, desiredStatus, healthStatus },
    createdAt: seconds(task.createdAt),
    startedAt: seconds(task.startedAt),
    stoppedAt: seconds(task.stoppedAt),
    stoppedReason: task.stoppedReason,
    launchType: 'EC2',
    containers: [
      {
        containerArn: `${arn}/${id}`,
        name: container.name,
        // Preflight counts what the tasks of an earlier deployment hold as available.
        cpu: String(container.cpu),
        memory: String(container.memory),
        ...(container.memoryReservation && { memoryReservation: String(container.memoryReservation) }),
        ...{ lastStatus, healthStatus },
        exitCode: task.exitCode,
        reason: task.containerReason,
      },
    ],
  };
}

function describedInstance(instance: ContainerInstance, tasks: Task[]): object {
  const resources = (cpu: number, memory: number) => [
    { name: 'CPU', type: 'INTEGER', integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
  ];
  const { arn, ec2InstanceId, status, agentConnected, cpu, memory, attributes } = instance;
  const remaining = remainingOf(instance, tasks);
  return {
    containerInstanceArn: arn,
    ...{ ec2InstanceId, status, agentConnected },
    registeredResources: resources(cpu, memory),
    remainingResources: resources(remaining.cpu, remaining.memory),
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, ...(value && { value }) })),
  };
}
