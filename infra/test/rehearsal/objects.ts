import type { TargetGroup } from '../../rehearsal/load-balancer/haproxy-config.ts';
import type { ContainerInstance, Service, Task, TaskDefinition } from '../../rehearsal/scheduler/model.ts';

export const definition = (change: Partial<TaskDefinition> = {}, container = {}): TaskDefinition => ({
  arn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/api:1',
  family: 'api',
  status: 'ACTIVE',
  networkMode: 'bridge',
  cpuArchitecture: 'X86_64',
  container: {
    name: 'api',
    image: 'api',
    cpu: 256,
    memory: 384,
    memoryReservation: 192,
    environment: [],
    portMappings: [{ containerPort: 3000, hostPort: 0 }],
    healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 },
    ...container,
  },
  ...change,
});

export const instance = (id: string, change: Partial<ContainerInstance> = {}): ContainerInstance => ({
  id,
  arn: `arn:aws:ecs:us-east-1:123456789012:container-instance/test/${id}`,
  ec2InstanceId: `i-${id}`,
  cluster: 'test',
  availabilityZone: 'us-east-1a',
  address: '10.0.0.1',
  cpu: 1024,
  memory: 920,
  cpuArchitecture: 'X86_64',
  networkInterfaces: 1,
  attributes: { 'ecs.availability-zone': change.availabilityZone ?? 'us-east-1a' },
  status: 'ACTIVE',
  agentConnected: true,
  ...change,
});

let count = 0;
/** A task that runs and is healthy. */
export const task = (change: Partial<Task> = {}): Task => ({
  id: `task${count++}`,
  arn: `arn:aws:ecs:us-east-1:123456789012:task/test/task${count}`,
  cluster: 'test',
  group: 'service:api',
  startedBy: 'ecs-svc/1',
  taskDefinition: definition(),
  instance: instance('a'),
  createdAt: 0,
  startedAt: 0,
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  healthStatus: 'HEALTHY',
  targetHealth: 'healthy',
  ...change,
});

/** Two tasks wanted, its first deployment COMPLETED. */
export const service = (change: Partial<Service> = {}): Service => ({
  name: 'api',
  cluster: 'test',
  desiredCount: 2,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  circuitBreaker: { enable: true, rollback: true },
  gracePeriodMs: 30_000,
  targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/api/1',
  placementStrategy: [],
  placementConstraints: [],
  deployments: [
    {
      id: 'ecs-svc/1',
      status: 'PRIMARY',
      taskDefinition: 'api:1',
      createdAt: 0,
      failedTasks: 0,
      rolloutState: 'COMPLETED',
      rolloutStateReason: '',
    },
  ],
  events: [],
  status: 'ACTIVE',
  ...change,
});

export const targetGroup: TargetGroup = {
  name: 'stockroom-api',
  arn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/stockroom-api/1',
  balancerArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/stockroom/1',
  deregistrationDelaySeconds: 15,
  idleTimeoutSeconds: 60,
  check: {
    path: '/health/ready',
    matcher: '200',
    intervalSeconds: 5,
    timeoutSeconds: 3,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
  },
};
