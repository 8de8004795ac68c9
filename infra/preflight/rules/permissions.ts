import { type Environment, serviceNames } from '../../environments/environment.ts';
import { repositoryNames } from '../../environments/names.ts';
import type { Facts } from '../facts.ts';
import { type Finding, passed } from '../finding.ts';
import { check, examine } from './examine.ts';

/** Looked-up repositories and roles. */
export const permissionFindings = (environment: Environment, facts: Facts): Finding[] => [
  ...serviceNames.flatMap((service) =>
    examine(
      `Repository of the ${service}`,
      facts.repositories?.[service],
      `aws ecr create-repository --repository-name ${repositoryNames(environment)[service]}, or set ${service.toUpperCase()}_REPOSITORY in .env.${environment.name}.`,
      (uri) => [passed(`Repository of the ${service}`, uri)],
    ),
  ),
  ...(['task', 'execution'] as const).flatMap((kind) =>
    examine(
      `${kind === 'task' ? 'Task' : 'Execution'} role`,
      facts.roles?.[kind],
      `Set ${kind.toUpperCase()}_ROLE in .env.${environment.name} to an existing role that ecs-tasks.amazonaws.com may assume.`,
      ({ arn, denied }) =>
        check(`${kind === 'task' ? 'Task' : 'Execution'} role`, arn, [
          denied.length === 0,
          `${arn} may not call ${denied.join(', ')}`,
          `Attach a policy with ${denied.join(', ')} to the role (console: IAM → Roles → Add permissions). AmazonECSTaskExecutionRolePolicy does not contain secretsmanager:GetSecretValue.`,
        ]),
    ),
  ),
];
