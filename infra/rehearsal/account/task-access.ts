import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { docker } from '../agent/docker-engine.ts';
import type { AccountAccess } from '../agent/agent.ts';
import type { Task } from '../scheduler/model.ts';

/** What the agent does in the account on behalf of a task: its secrets, its image, its log stream. */
export class TaskAccess implements AccountAccess {
  private readonly secrets: SecretsManagerClient;
  private readonly logs: CloudWatchLogsClient;
  private readonly streams = new Set<string>();

  constructor(client: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  }) {
    this.secrets = new SecretsManagerClient(client);
    this.logs = new CloudWatchLogsClient(client);
  }

  async secretsOf({ taskDefinition }: Task): Promise<Record<string, string>> {
    const { secrets = [] } = taskDefinition.container;
    return Object.fromEntries(
      await Promise.all(secrets.map(async ({ name, valueFrom }) => [name, await this.secret(valueFrom)] as const)),
    );
  }

  /** An image that this machine has is not pulled again: a digest never changes. */
  async pull({ taskDefinition }: Task): Promise<string> {
    const { image } = taskDefinition.container;
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

  async log({ id, taskDefinition }: Task, lines: string[]): Promise<void> {
    const { name, logConfiguration } = taskDefinition.container;
    if (logConfiguration?.logDriver !== 'awslogs') return;
    const { 'awslogs-group': logGroupName, 'awslogs-stream-prefix': prefix } = logConfiguration.options;
    const logStreamName = `${prefix}/${name}/${id}`;
    if (!this.streams.has(logStreamName)) {
      this.streams.add(logStreamName);
      await this.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName })).catch((error: unknown) => {
        if (!(error instanceof ResourceAlreadyExistsException)) throw error;
      });
    }
    const logEvents = lines.map((line) => {
      const space = line.indexOf(' ');
      return { timestamp: Date.parse(line.slice(0, space)), message: line.slice(space + 1) || ' ' };
    });
    await this.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }

  /** `arn:aws:secretsmanager:<region>:<account>:secret:<name>[:<json key>[:<stage>[:<version>]]]` */
  private async secret(valueFrom: string): Promise<string> {
    const parts = valueFrom.split(':');
    const [id, key] = [parts.slice(0, 7).join(':'), parts[7]];
    const failed = (why: string) =>
      new Error(
        `ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: ${why}`,
      );
    const found = await this.secrets.send(new GetSecretValueCommand({ SecretId: id })).catch((error: Error) => {
      throw failed(`${error.name}: ${error.message}`);
    });
    if (!key) return found.SecretString!;
    const value = (JSON.parse(found.SecretString!) as Record<string, string>)[key];
    if (value === undefined) throw failed(`the secret ${id} did not contain the json key ${key}`);
    return value;
  }
}
