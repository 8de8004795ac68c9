import { type Environment, serviceNames } from '../../environments/environment.ts';
import { repositoryNames } from '../../environments/names.ts';
import type { Facts, RoleFacts } from '../facts.ts';
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
      (role) => roleFindings(kind === 'task' ? 'Task role' : 'Execution role', role),
    ),
  ),
];

function roleFindings(subject: string, { arn, trustsTasks, denied }: RoleFacts): Finding[] {
  const trust = check(subject, arn, [
    trustsTasks,
    `${arn} does not trust ecs-tasks.amazonaws.com, so no task may assume it`,
    'Add "Service": "ecs-tasks.amazonaws.com" to its trust policy (console: IAM → Roles → Trust relationships → Edit).',
  ]);
  const permissions = examine(`${subject}, permissions`, denied, '', (list) =>
    check(`${subject}, permissions`, 'all that are needed', [
      list.length === 0,
      `${arn} may not call ${list.join(', ')}`,
      'Attach a policy that allows these actions on these resources (console: IAM → Roles → Add permissions). AmazonECSTaskExecutionRolePolicy contains neither secretsmanager:GetSecretValue nor ssm:GetParameters; SECRET_STORE=parameter-store needs the latter.',
    ]),
  );
  return [...trust, ...permissions];
}
