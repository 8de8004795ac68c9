import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientsOf } from '../../rehearsal/account/clients.ts';
import { TaskAccess } from '../../rehearsal/account/task-access.ts';
import type { ContainerDefinition, Task } from '../../rehearsal/scheduler/model.ts';
import { Emulator } from '../support/emulator/emulator.ts';
import { describeWithTerraform } from '../support/describe-with-terraform.ts';
import { definition, task } from './objects.ts';

const REGISTRY = '127.0.0.1:5211';
const LOGS = 'stockroom/api';
const PREFIX =
  'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: ';

describeWithTerraform(
  'before a task starts, the agent uses the execution role, and',
  () => {
    let emulator: Emulator;
    let access: TaskAccess;
    let secret: string;
    let client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };

    beforeAll(async () => {
      emulator = await Emulator.start();
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      client = { endpoint: emulator.url, region: 'us-east-1', credentials };
      access = new TaskAccess(clientsOf(emulator.url), REGISTRY);
      const SecretString = JSON.stringify({ password: 'open sesame' });
      const made = await new SecretsManagerClient(client).send(
        new CreateSecretCommand({ Name: 'stockroom/api', SecretString }),
      );
      secret = made.ARN!;
      await new CloudWatchLogsClient(client).send(new CreateLogGroupCommand({ logGroupName: LOGS }));
      await role('all', ['ecr:*', 'logs:*', 'secretsmanager:GetSecretValue']);
      await role('none', ['s3:GetObject']);
    });
    afterAll(() => emulator?.stop());

    const role = async (RoleName: string, Action: string[]) => {
      const iam = new IAMClient(client);
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{"Statement":[]}' }));
      const PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
      });
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'policy', PolicyDocument }));
    };
    const taskOf = (roleName: string, container: Partial<ContainerDefinition>): Task =>
      task({
        taskDefinition: definition({ executionRoleArn: `arn:aws:iam::123456789012:role/${roleName}` }, container),
      });
    const withSecret = (roleName: string, valueFrom: string) =>
      access.secretsOf(taskOf(roleName, { secrets: [{ name: 'PASSWORD', valueFrom }] }));
    const withLogs = (roleName: string, group: string) =>
      access.openLog(
        taskOf(roleName, {
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': group, 'awslogs-stream-prefix': 'api' },
          },
        }),
      );

    it('reads a secret, whole or by its key', async () => {
      expect(await withSecret('all', `${secret}:password::`)).toEqual({ PASSWORD: 'open sesame' });
      expect(await withSecret('all', secret)).toEqual({ PASSWORD: '{"password":"open sesame"}' });
    });

    it('fails where the secret is missing, lacks the key, or may not be read', async () => {
      await expect(withSecret('all', `${secret}x`)).rejects.toThrow(`${PREFIX}ResourceNotFoundException`);
      await expect(withSecret('all', `${secret}:user::`)).rejects.toThrow(
        `${PREFIX}the secret ${secret} did not contain the json key user`,
      );
      await expect(withSecret('none', secret)).rejects.toThrow(
        `${PREFIX}AccessDeniedException: arn:aws:iam::123456789012:role/none is not authorized to perform: secretsmanager:GetSecretValue on ${secret}`,
      );
    });

    it('fails where the log may not be written, or its group is missing', async () => {
      await expect(withLogs('all', LOGS)).resolves.toBeUndefined();
      await expect(withLogs('none', LOGS)).rejects.toThrow(/^CannotStartContainerError: .*logs:CreateLogStream/);
      await expect(withLogs('all', 'other')).rejects.toThrow(/^CannotStartContainerError: .*ResourceNotFoundException/);
    });

    it('fails where the image may not be pulled', async () => {
      await expect(access.pull(taskOf('none', { image: `${REGISTRY}/stockroom-api@sha256:0` }))).rejects.toThrow(
        /^CannotPullContainerError: .*ecr:GetAuthorizationToken/,
      );
    });
  },
  ['moto_server'],
);
