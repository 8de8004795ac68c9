import { type ContainerInstance, isAlive, reservedMemory, type Task, type TaskDefinition } from './model.ts';

export interface Remaining {
  cpu: number;
  memory: number;
  networkInterfaces: number;
  ports: Set<number>;
}

export type Placement =
  | { instance: ContainerInstance }
  /** `code` as RunTask's `failures[].reason` has it, `message` as a service's event does. */
  | { code: string; message: string };

/** What the tasks on an instance leave of it. */
export function remainingOf(instance: ContainerInstance, tasks: Task[]): Remaining {
  const own = tasks.filter((task) => isAlive(task) && task.instance.id === instance.id);
  const containers = own.map(({ taskDefinition }) => taskDefinition.container);
  return {
    cpu: instance.cpu - sum(containers.map(({ cpu }) => cpu)),
    memory: instance.memory - sum(containers.map(reservedMemory)),
    networkInterfaces:
      instance.networkInterfaces - own.filter(({ taskDefinition }) => taskDefinition.networkMode === 'awsvpc').length,
    ports: new Set(containers.flatMap(({ portMappings }) => portMappings.map(({ hostPort }) => hostPort))),
  };
}

/** Attributes that a task definition requires of the agent (ECS API reference, ContainerDefinition and capabilities). */
export function requiredAttributes({ container }: TaskDefinition): string[] {
  const options = (container.dockerSecurityOptions ?? []).filter((option) => option !== '');
  // Either module will do, as the agent registers one capability for each that the host has.
  return options.length > 0 ? ['ecs.capability.selinux|ecs.capability.apparmor'] : [];
}

/**
 * The instance for one more task, as the cluster's tasks leave them.
 * Source: Amazon ECS developer guide, "How Amazon ECS places tasks on container instances" and "API failure reasons".
 */
export function place(
  definition: TaskDefinition,
  instances: ContainerInstance[],
  tasks: Task[],
  { placementStrategy = [], placementConstraints = [], group = '' }: PlacementRules = {},
): Placement {
  const active = instances.filter(({ status, agentConnected }) => status === 'ACTIVE' && agentConnected);
  if (active.length === 0) return { code: 'RESOURCE:*', message: 'No Container Instances were found in your cluster' };
  const refusals: { code: string; message: string }[] = [];
  const fitting = active.filter((instance) => {
    const refusal = refusalOf(definition, instance, remainingOf(instance, tasks), placementConstraints);
    if (refusal) refusals.push(refusal);
    return refusal === undefined;
  });
  if (fitting.length === 0) return refusals[0]!;
  const ranked = placementStrategy.reduceRight((list, strategy) => {
    const value = rank(strategy, tasks, group);
    // A stable sort: the first strategy decides, the later ones among equals.
    return [...list].sort((a, b) => value(a) - value(b));
  }, fitting);
  return { instance: ranked[0]! };
}

export interface PlacementRules {
  placementStrategy?: { type: string; field?: string }[];
  placementConstraints?: { type: string; expression?: string }[];
  /** Whose tasks a spread counts. */
  group?: string;
}

function refusalOf(
  definition: TaskDefinition,
  instance: ContainerInstance,
  remaining: Remaining,
  constraints: { type: string; expression?: string }[],
): { code: string; message: string } | undefined {
  const refused = (code: string, what: string) => ({
    code,
    message: `The closest matching container-instance ${instance.id} ${what}`,
  });
  const { container, networkMode, cpuArchitecture } = definition;
  if (cpuArchitecture !== instance.cpuArchitecture)
    return refused(
      'ATTRIBUTE',
      `is missing an attribute required by your task (ecs.cpu-architecture ${cpuArchitecture})`,
    );
  const missing = requiredAttributes(definition).find(
    (alternatives) => !alternatives.split('|').some((name) => name in instance.attributes),
  );
  if (missing) return refused('ATTRIBUTE', `is missing an attribute required by your task (${missing})`);
  if (!constraints.every(({ expression }) => satisfies(instance, expression)))
    return {
      code: 'MemberOf placement constraint unsatisfied',
      message: 'No container instance met all of its requirements',
    };
  if (container.cpu > remaining.cpu) return refused('RESOURCE:CPU', 'has insufficient CPU units available');
  if (reservedMemory(container) > remaining.memory)
    return refused('RESOURCE:MEMORY', 'has insufficient memory available');
  if (networkMode === 'awsvpc' && remaining.networkInterfaces < 1)
    return refused('RESOURCE:ENI', 'has no network interface left');
  const taken = container.portMappings.find(({ hostPort }) => hostPort !== 0 && remaining.ports.has(hostPort));
  if (networkMode === 'bridge' && taken)
    return refused('RESOURCE:PORTS', 'is already using a port required by your task');
  return undefined;
}

/** The two forms of expression that Stockroom uses: `attribute:<name> == <value>` and `ec2InstanceId == '<id>'`. */
function satisfies({ attributes, ec2InstanceId }: ContainerInstance, expression = ''): boolean {
  const [, id] = /^ec2InstanceId == '(\S+)'$/.exec(expression) ?? [];
  if (id !== undefined) return ec2InstanceId === id;
  const [, name, value] = /^attribute:(\S+) == (\S+)$/.exec(expression) ?? [];
  if (name === undefined) throw new Error(`The rehearsal cannot read this placement constraint: ${expression}`);
  return attributes[name] === value;
}

/** Smaller is better. */
function rank(
  { type, field = '' }: { type: string; field?: string },
  tasks: Task[],
  group: string,
): (instance: ContainerInstance) => number {
  const alive = tasks.filter((task) => isAlive(task) && task.group === group);
  if (type === 'binpack') return (instance) => remainingOf(instance, tasks)[field as 'cpu' | 'memory'];
  if (type === 'spread') {
    const valueOf = (instance: ContainerInstance) =>
      field === 'instanceId' ? instance.id : instance.attributes[field.replace(/^attribute:/, '')];
    return (instance) => alive.filter((task) => valueOf(task.instance) === valueOf(instance)).length;
  }
  throw new Error(`The rehearsal knows no placement strategy "${type}".`);
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
