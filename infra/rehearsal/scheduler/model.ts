/**
 * What the scheduler knows: the parts of ECS's API objects that decide what runs where. Names, states and messages are
 * those of the Amazon ECS API reference. Times are milliseconds since the epoch; CPU is in units (1,024 a vCPU).
 */

/** From a task definition: what a task needs of a container instance, and the container that it runs. */
export interface TaskDefinition {
  arn: string;
  family: string;
  status: 'ACTIVE' | 'INACTIVE';
  networkMode: 'bridge' | 'awsvpc';
  cpuArchitecture: 'X86_64' | 'ARM64';
  executionRoleArn?: string;
  container: ContainerDefinition;
}

export interface ContainerDefinition {
  name: string;
  image: string;
  cpu: number;
  /** Hard limit, in MiB. */
  memory: number;
  /** Soft limit, in MiB: what placement counts. */
  memoryReservation?: number;
  command?: string[];
  environment: { name: string; value: string }[];
  secrets?: { name: string; valueFrom: string }[];
  portMappings: { containerPort: number; hostPort: number }[];
  user?: string;
  readonlyRootFilesystem?: boolean;
  dockerSecurityOptions?: string[];
  linuxParameters?: {
    initProcessEnabled?: boolean;
    capabilities?: { drop?: string[] };
    tmpfs?: { containerPath: string; size: number; mountOptions?: string[] }[];
  };
  healthCheck?: { command: string[]; interval: number; timeout: number; retries: number; startPeriod?: number };
  stopTimeout?: number;
  mountPoints?: { sourceVolume: string; containerPath: string }[];
  logConfiguration?: { logDriver: string; options: Record<string, string> };
}

export interface ContainerInstance {
  id: string;
  arn: string;
  ec2InstanceId: string;
  cluster: string;
  availabilityZone: string;
  /** Where the host ports of its tasks are. */
  address: string;
  cpu: number;
  /** What ECS may place, in MiB. */
  memory: number;
  cpuArchitecture: 'X86_64' | 'ARM64';
  /** Elastic network interfaces that are left for awsvpc tasks. */
  networkInterfaces: number;
  attributes: Record<string, string>;
  status: 'ACTIVE' | 'DRAINING';
  agentConnected: boolean;
}

export type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'STOPPING' | 'STOPPED';

export interface Task {
  id: string;
  arn: string;
  cluster: string;
  /** `service:<name>` or `family:<family>`. */
  group: string;
  /** The deployment's id, or what RunTask was given. */
  startedBy: string;
  taskDefinition: TaskDefinition;
  instance: ContainerInstance;
  createdAt: number;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  /** Of the container's own check; UNKNOWN until it has passed once, and where there is none. */
  healthStatus: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';
  wasHealthy?: boolean;
  /** Of the target group's check; undefined where the service has no target group. */
  targetHealth?: 'initial' | 'healthy' | 'unhealthy' | 'draining';
  startedAt?: number;
  stoppedAt?: number;
  stoppedReason?: string;
  exitCode?: number;
  containerReason?: string;
  /** Of a task with a network interface of its own. */
  securityGroups?: string[];
  /** Where the load balancer reaches it. */
  target?: { address: string; port: number };
  containerId?: string;
}

export interface Deployment {
  id: string;
  status: 'PRIMARY' | 'ACTIVE';
  taskDefinition: string;
  createdAt: number;
  failedTasks: number;
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
}

export interface ServiceEvent {
  id: string;
  createdAt: number;
  message: string;
}

export interface Service {
  name: string;
  cluster: string;
  desiredCount: number;
  minimumHealthyPercent: number;
  maximumPercent: number;
  circuitBreaker: { enable: boolean; rollback: boolean };
  gracePeriodMs: number;
  targetGroupArn?: string;
  serviceRegistryArn?: string;
  /** Of its tasks in awsvpc mode. */
  securityGroups?: string[];
  placementStrategy: { type: string; field?: string }[];
  placementConstraints: { type: string; expression?: string }[];
  /** The newest first: the PRIMARY one, then those that it replaces. */
  deployments: Deployment[];
  events: ServiceEvent[];
  status: 'ACTIVE' | 'DRAINING';
}

/** What a task takes of an instance's memory, in MiB: the soft limit where there is one. */
export const reservedMemory = ({ memoryReservation, memory }: ContainerDefinition): number =>
  memoryReservation ?? memory;

export const isAlive = ({ lastStatus }: Task): boolean => lastStatus !== 'STOPPED';

/** Counts for its service: not stopped, and not told to stop. */
export const isWanted = (task: Task): boolean => isAlive(task) && task.desiredStatus === 'RUNNING';

/** Running, its container's check has not failed or is still to pass, and its target group's check has passed. */
export const isHealthy = ({ lastStatus, desiredStatus, healthStatus, targetHealth, taskDefinition }: Task): boolean =>
  lastStatus === 'RUNNING' &&
  desiredStatus === 'RUNNING' &&
  (taskDefinition.container.healthCheck === undefined || healthStatus === 'HEALTHY') &&
  (targetHealth === undefined || targetHealth === 'healthy');
