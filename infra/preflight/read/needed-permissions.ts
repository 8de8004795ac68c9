import { type Environment, serviceNames } from '../../environments/environment.ts';
import { logGroupName, repositoryNames, taskSecretNames } from '../../environments/names.ts';
import { secretArnsOf } from '../../environments/settings/database.ts';
import type { NeededPermission } from './permissions.ts';

/** Secrets Manager ends each ARN with six characters of its own. */
const ANY_SUFFIX = 'AbCdEf';

/** What ECS calls with the execution role before a task starts. */
export function neededByExecutionRole(environment: Environment, partition: string, account: string) {
  const { region, database, mail } = environment;
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const stored = taskSecretNames(environment).map((name) =>
    environment.secretStore === 'parameter-store'
      ? arn('ssm', `parameter/${name}`)
      : arn('secretsmanager', `secret:${name}-${ANY_SUFFIX}`),
  );
  const urls = database.from === 'existing' ? secretArnsOf(database) : [];
  const given = mail ? [...urls, mail.urlSecretArn] : urls;
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
    ...reading([...stored, ...given]),
  ] satisfies NeededPermission[];
}

/** A container's secret may be one of Secrets Manager, or a parameter of Systems Manager. */
function reading(arns: string[]): NeededPermission[] {
  const isParameter = (arn: string) => arn.split(':')[2] === 'ssm';
  const secrets = arns.filter((arn) => !isParameter(arn));
  const parameters = arns.filter(isParameter);
  return [
    ...(secrets.length > 0 ? [{ actions: ['secretsmanager:GetSecretValue'], resources: secrets }] : []),
    ...(parameters.length > 0 ? [{ actions: ['ssm:GetParameters'], resources: parameters }] : []),
  ];
}
