import { docker } from '../agent/docker-engine.ts';
import type { AccountAccess } from '../agent/agent.ts';
import type { Task, TaskDefinition } from '../scheduler/model.ts';
import type { Clients } from './clients.ts';
import { allows, statementsOf } from './iam.ts';

const PULL = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** What the agent does in the account on behalf of a task: its secrets, its image, its log stream. */
export class TaskAccess implements AccountAccess {
  private readonly clients: Clients;
  private readonly registry: string;

  /** @param registry the host of the account's images */
  constructor(clients: Clients, registry: string) {
    this.registry = registry;
    this.clients = clients;
  }

  async secretsOf({ taskDefinition }: Task): Promise<Record<string, string>> {
    const { secrets = [] } = taskDefinition.container;
    for (const { valueFrom } of secrets)
      await this.authorise(taskDefinition, 'secretsmanager:GetSecretValue', secretArnOf(valueFrom), (why) =>
        secretError(`AccessDeniedException: ${why}`),
      );
    return Object.fromEntries(
      await Promise.all(secrets.map(async ({ name, valueFrom }) => [name, await this.secret(valueFrom)] as const)),
    );
  }

  /** An image that this machine has is not pulled again: a digest never changes. */
  async pull({ taskDefinition }: Task): Promise<string> {
    const { image } = taskDefinition.container;
    const [registry, repository] = [image.split('/')[0], image.split('/').slice(1).join('/').split(/[@:]/)[0]];
    // A public image is pulled without the role.
    if (registry === this.registry)
      for (const action of PULL)
        await this.authorise(
          taskDefinition,
          action,
          action === PULL[0] ? '*' : `arn:aws:ecr:us-east-1:123456789012:repository/${repository}`,
          (why) => new Error(`CannotPullContainerError: pull image manifest: AccessDeniedException: ${why}`),
        );
    const isHere = await docker('GET', `/images/${encodeURIComponent(image)}/json`).then(
      () => true,
      () => false,
    );
    if (isHere) return image;
    const said = await docker<string>('POST', `/images/create?fromImage=${encodeURIComponent(image)}`).catch(
      (error: Error) => error.message,
    );
    if (/"error"|not found|denied|unauthorized/i.test(said))
      throw new Error(`CannotPullContainerError: ${String(said).trim().split('\n').at(-1)}`);
    return image;
  }

  async openLog(task: Task): Promise<void> {
    const stream = streamOf(task);
    if (!stream) return;
    const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${stream.logGroupName}:log-stream:${stream.logStreamName}`;
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents'])
      await this.authorise(task.taskDefinition, action, arn, (why) => logError(`AccessDeniedException: ${why}`));
    await this.clients.logs.createLogStream(stream).catch((error: Error) => {
      throw logError(`${error.name}: ${error.message}`);
    });
  }

  async log(task: Task, lines: string[]): Promise<void> {
    const stream = streamOf(task);
    if (!stream) return;
    const logEvents = lines.map((line) => {
      const space = line.indexOf(' ');
      return { timestamp: Date.parse(line.slice(0, space)), message: line.slice(space + 1) || ' ' };
    });
    await this.clients.logs.putLogEvents({ ...stream, logEvents });
  }

  /** @throws where the execution role does not allow it; without such a role nothing is allowed */
  private async authorise(
    { executionRoleArn }: TaskDefinition,
    action: string,
    resource: string,
    failure: (why: string) => Error,
  ): Promise<void> {
    const statements = executionRoleArn ? await statementsOf(this.clients.iam, executionRoleArn) : [];
    if (!allows(statements, action, resource))
      throw failure(
        `${executionRoleArn ?? 'no execution role'} is not authorized to perform: ${action} on ${resource}`,
      );
  }

  private async secret(valueFrom: string): Promise<string> {
    const [id, key] = [secretArnOf(valueFrom), valueFrom.split(':')[7]];
    const found = await this.clients.secrets.getSecretValue({ SecretId: id }).catch((error: Error) => {
      throw secretError(`${error.name}: ${error.message}`);
    });
    if (!key) return found.SecretString!;
    const value = (JSON.parse(found.SecretString!) as Record<string, string>)[key];
    if (value === undefined) throw secretError(`the secret ${id} did not contain the json key ${key}`);
    return value;
  }
}

/** `arn:aws:secretsmanager:<region>:<account>:secret:<name>[:<json key>[:<stage>[:<version>]]]` */
const secretArnOf = (valueFrom: string): string => valueFrom.split(':').slice(0, 7).join(':');

/** `<prefix>/<container>/<task>`, as the agent names it. */
function streamOf({ id, taskDefinition }: Task): { logGroupName: string; logStreamName: string } | undefined {
  const { name, logConfiguration } = taskDefinition.container;
  if (logConfiguration?.logDriver !== 'awslogs') return undefined;
  const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix } = logConfiguration.options;
  return { logGroupName: group!, logStreamName: `${prefix}/${name}/${id}` };
}

const logError = (why: string): Error =>
  new Error(
    `CannotStartContainerError: failed to initialize logging driver: failed to create Cloudwatch log stream: ${why}`,
  );

const secretError = (why: string): Error =>
  new Error(
    `ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: ${why}`,
  );
