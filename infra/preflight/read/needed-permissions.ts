import { type Environment, serviceNames } from '../../environments/environment.ts';
import { logGroupName, repositoryNames, taskSecretNames } from '../../environments/names.ts';
import type { NeededPermission } from './permissions.ts';

/** Secrets Manager ends each ARN with six characters of its own. */
const ANY_SUFFIX = 'AbCdEf';

/** What ECS calls with the execution role before a task starts. */
export function neededByExecutionRole(environment: Environment, partition: string, account: string) {
  const { region, database } = environment;
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const secrets = taskSecretNames(environment).map((name) => arn('secretsmanager', `secret:${name}-${ANY_SUFFIX}`));
  const given = database.from === 'existing' ? [database.urlSecretArn, database.ownerUrlSecretArn] : [];
  const groups = [...serviceNames, ...(database.from === 'container' ? ['database'] : [])];
  return [
    { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
    {
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: Object.values(repositoryNames(environment)).map((name) => arn('ecr', `repository/${name}`)),
    },
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: groups.map((name) =>
        arn('logs', `log-group:${logGroupName(environment, name)}:log-stream:${name}/${name}/0`),
      ),
    },
    {
      actions: ['secretsmanager:GetSecretValue'],
      resources: [...secrets, ...given.filter((secret) => secret !== undefined)],
    },
  ] satisfies NeededPermission[];
}
