import { EcsTaskDefinition, type EcsTaskDefinitionVolume } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import type { Construct } from 'constructs';
import type { Environment, NetworkMode } from '../../environments/environment.ts';
import { instanceTypeOf } from '../../sizing/capacity.ts';
import type { TaskRoles } from '../roles/roles.ts';
import { type Container, containerDefinition } from './container.ts';

export function createTaskDefinition(
  scope: Construct,
  environment: Environment,
  mode: NetworkMode,
  container: Container,
  roles: TaskRoles,
  volume: EcsTaskDefinitionVolume[] = [],
): EcsTaskDefinition {
  const isArm = instanceTypeOf(environment)?.architecture === 'arm64';
  return new EcsTaskDefinition(scope, `${container.name}-task`, {
    family: `${environment.prefix}-${container.name}`,
    networkMode: mode,
    requiresCompatibilities: ['EC2'],
    runtimePlatform: { cpuArchitecture: isArm ? 'ARM64' : 'X86_64', operatingSystemFamily: 'LINUX' },
    taskRoleArn: roles.taskRoleArn,
    executionRoleArn: roles.executionRoleArn,
    containerDefinitions: containerDefinition(container, environment, mode),
    volume,
    // The circuit breaker can go back only to an ACTIVE revision. The deploy command deregisters old ones after success.
    skipDestroy: true,
  });
}
